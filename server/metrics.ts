/** What the server counts, for Prometheus. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Millis } from "../shared/clock.ts";
import type { FailureCode } from "../shared/errors.ts";

/**
 * How often the delay of the event loop is looked at. Each look wakes an idle server up: every 10
 * ms, as is usual, they cost more than a room in which somebody types.
 */
const lagEveryMs: Millis = 50;

/** Figures that are read when somebody asks. */
export interface Gauges {
	readonly rooms: () => number;
	readonly sessions: () => number;
	/** Of frames that wait for their clients. */
	readonly outboxBytes: () => number;
}

/** A batch of so many changes, and how long it took to write it. */
interface Written {
	readonly bytes: number;
	readonly updateCount: number;
	readonly appendMs: Millis;
}

/** The server's figures. */
export class Metrics {
	readonly #registry = new Registry();
	readonly #batches = this.#counter("weft_batches_total", "Batches written to the room log.");
	readonly #bytes = this.#counter(
		"weft_update_bytes_total",
		"Bytes of updates written to the room log.",
	);
	readonly #leftOut = this.#counter(
		"weft_updates_left_out_total",
		"Update frames not sent to slow readers, which are told their content later.",
	);
	readonly #resyncs = this.#counter(
		"weft_resyncs_total",
		"Slow readers that had caught up and were told what they lack.",
	);
	readonly #ended = new Counter({
		name: "weft_sessions_ended_total",
		help: "Sessions that the server ended, by failure code.",
		labelNames: ["code"],
		registers: [this.#registry],
	});
	readonly #appendSeconds = new Histogram({
		name: "weft_append_seconds",
		help: "Time from a batch to its synced write.",
		buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
		registers: [this.#registry],
	});

	#updateCount = 0;

	/** What is said of the process needs looking at every so often; null leaves it out. */
	constructor(gauges: Gauges, lookEveryMs: Millis | null = lagEveryMs) {
		if (lookEveryMs !== null) {
			const eventLoopMonitoringPrecision = lookEveryMs;
			collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision });
		}
		this.#gauge("weft_rooms", "Rooms in memory.", gauges.rooms);
		this.#gauge("weft_sessions", "Open sessions.", gauges.sessions);
		this.#gauge("weft_outbox_bytes", "Bytes that wait for all clients.", gauges.outboxBytes);
		this.#ended.inc({ code: "slow_reader" }, 0);
	}

	/** Changes that were written since the start. */
	get updateCount(): number {
		return this.#updateCount;
	}

	/** One batch is on disk. */
	wrote({ bytes, updateCount, appendMs }: Written): void {
		this.#updateCount += updateCount;
		this.#batches.inc();
		this.#bytes.inc(bytes);
		this.#appendSeconds.observe(appendMs / 1000);
	}

	/** So many frames were left out for slow readers. */
	leftOut(frameCount: number): void {
		this.#leftOut.inc(frameCount);
	}

	/** A slow reader was told what it lacks. */
	resynced(): void {
		this.#resyncs.inc();
	}

	/** The server ended a session. */
	ended(code: FailureCode): void {
		this.#ended.inc({ code });
	}

	/** Everything, as Prometheus reads it. */
	async read(): Promise<{ type: string; text: string }> {
		return { type: this.#registry.contentType, text: await this.#registry.metrics() };
	}

	#counter(name: string, help: string): Counter {
		return new Counter({ name, help, registers: [this.#registry] });
	}

	#gauge(name: string, help: string, read: () => number): void {
		new Gauge({
			name,
			help,
			registers: [this.#registry],
			collect() {
				this.set(read());
			},
		});
	}
}
