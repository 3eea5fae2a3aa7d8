/** Somebody opens a large document on a server that was just started. */
import * as Y from "yjs";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { cpuUsEach } from "../drive/load.ts";
import { documentRoom, shelved } from "../drive/shelf.ts";
import type { Stage } from "../drive/stage.ts";
import { isSameDoc } from "../people/documents.ts";
import { inWaves, Seat } from "../people/seat.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

const kib = 1024;

/** Nothing more is to come where nothing came for so long: to who has much of it, or little. */
const quietMs = { fed: 1_000, hungry: 20_000 };
/** Who has this part of a document's bytes may have all: encodings differ a little. */
const fedShare = 0.8;
const lookEveryMs = 100;
const quietMsMax = 120_000;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const name = shape.label.startsWith("board") ? "board" : "paper";
	const { folder, doc } = await shelved(stage, name, shape.rate);
	const server = await stage.serve(await stage.folder(folder));
	const joiners = Array.from({ length: shape.count }, () => new Joiner());
	const startMs = performance.now();
	const load = await stage.watch(server, async () => {
		await inWaves(shape.count, (index) => (joiners[index] as Joiner).join(server), shape.count);
		await untilQuiet(joiners, Y.encodeStateAsUpdate(doc).length);
	});
	for (const joiner of joiners) joiner.leave();
	const completeMs = joiners.map((joiner) => joiner.completeMs(doc));
	const lacking = completeMs.findIndex(Number.isNaN);
	const isTooEarly = joiners.some(({ syncedMs }, index) => syncedMs < (completeMs[index] ?? 0));
	return {
		figures: {
			synced: Math.max(...completeMs) - startMs,
			cpu: cpuUsEach(load, 1000),
			received: (joiners[0]?.byteCount ?? Number.NaN) / kib,
		},
		notes: isTooEarly ? ["somebody was told that all had come before it had"] : [],
		refusal: lacking < 0 ? null : `joiner ${lacking + 1} did not get the whole ${name}`,
	};
}

/** A server may say that it is done, and send more: the reference loads beside it. */
async function untilQuiet(joiners: readonly Joiner[], documentBytes: number): Promise<void> {
	const untilMs = performance.now() + quietMsMax;
	const mayMore = ({ byteCount, heardMs }: Joiner) => {
		const isFed = byteCount >= documentBytes * fedShare;
		return performance.now() - heardMs < (isFed ? quietMs.fed : quietMs.hungry);
	};
	while (performance.now() < untilMs && joiners.some(mayMore)) {
		await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
	}
}

/** Somebody who keeps what comes, and looks at it later. */
class Joiner {
	/** When it was told that it has everything. */
	syncedMs = Number.NaN;
	readonly #updates: { readonly bytes: Uint8Array; readonly atMs: number }[] = [];
	#seat: Seat | null = null;

	get byteCount(): number {
		return this.#updates.reduce((sum, { bytes }) => sum + bytes.length, 0);
	}

	/** When something last came. */
	get heardMs(): number {
		return this.#updates.at(-1)?.atMs ?? Number.NaN;
	}

	async join(server: ServerProcess): Promise<void> {
		this.#seat = await Seat.join(server, documentRoom, {
			update: (message, at) => {
				const bytes = Uint8Array.from(message.subarray(at));
				this.#updates.push({ bytes, atMs: performance.now() });
			},
			synced: () => {
				this.syncedMs = performance.now();
			},
		});
	}

	/** When it had everything and was told so; NaN where it never had. */
	completeMs(expected: Y.Doc): number {
		const doc = new Y.Doc();
		let changedMs = 0;
		let atMs = 0;
		doc.on("update", () => {
			changedMs = atMs;
		});
		for (const update of this.#updates) {
			atMs = update.atMs;
			Y.applyUpdate(doc, update.bytes);
		}
		return isSameDoc(doc, expected) ? Math.max(changedMs, this.syncedMs) : Number.NaN;
	}

	leave(): void {
		this.#seat?.leave();
	}
}

/** `rate` is the number of edits: a paper of 260,000, a board of 10,000 strokes. */
function joiners(name: "paper" | "board", count: number, edits: number): Shape {
	const label = `${name}, ${count} ${count === 1 ? "joiner" : "joiners"}`;
	return { label, count, rate: edits, seconds: 0 };
}

const paperEdits = 259_778;
const boardStrokes = 10_000;

/** The paper and the board, for one and for twenty. */
export const joins: Scenario = {
	name: "joins",
	title: "Opening a large document on a server that was just started",
	about:
		`A paper that was written in ${paperEdits.toLocaleString("en-US")} edits and a board of ` +
		"10,000 strokes were sent to the server an edit at a time; it was stopped when it had " +
		"become quiet, started, visited and stopped again, and now starts on a copy of its " +
		"directory. Counted is from opening the sockets until the last joiner has everything and " +
		"was told so; what came when is looked at afterwards.",
	measures: [
		{ key: "synced", label: "last synced ms", better: "less", noise: 1 },
		{ key: "cpu", label: "CPU ms", better: "less", noise: 1 },
		{ key: "received", label: "KiB received each", better: "less", noise: 1 },
	],
	shapes: [
		joiners("paper", 1, paperEdits),
		joiners("paper", 20, paperEdits),
		joiners("board", 1, boardStrokes),
		joiners("board", 20, boardStrokes),
	],
	quickShapes: [joiners("paper", 2, 2_000), joiners("board", 2, 200)],
	runSeconds: 4,
	needs: "disk",
	run,
};
