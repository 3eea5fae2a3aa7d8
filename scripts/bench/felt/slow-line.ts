/** Somebody's own line to a server: TCP connections through the model of `tcp-model.ts`. */
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Random } from "../../converge/random.ts";
import type { Slowness } from "./slowness.ts";
import { connectedMs, TcpDirection } from "./tcp-model.ts";

/** Where it leads, how slow it is, and its chance. */
export interface SlowLineParts {
	readonly host: string;
	readonly port: number;
	readonly slowness: Slowness;
	readonly random: Random;
}

/** A proxy for one person. `close()` it. */
export class SlowLine {
	readonly #parts: SlowLineParts;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	#isCut = false;

	/** Listens on a free port of 127.0.0.1. */
	static async open(parts: SlowLineParts): Promise<SlowLine> {
		const line = new SlowLine(parts);
		await new Promise<void>((resolve, reject) => {
			line.#server.once("error", reject);
			line.#server.listen(0, "127.0.0.1", resolve);
		});
		return line;
	}

	private constructor(parts: SlowLineParts) {
		this.#parts = parts;
		this.#server = createServer({ allowHalfOpen: true }, (near) => this.#accept(near));
	}

	/** `http://127.0.0.1:1234`. */
	get origin(): string {
		const address = this.#server.address();
		if (address === null || typeof address === "string") throw new Error("the line is closed");
		return `http://127.0.0.1:${address.port}`;
	}

	/** Nothing goes through any more; what is open is torn. */
	cut(): void {
		this.#isCut = true;
		for (const socket of this.#sockets) socket.resetAndDestroy();
	}

	/** New connections go through again. */
	mend(): void {
		this.#isCut = false;
	}

	/** Takes it away. Safe to call twice. */
	async close(): Promise<void> {
		this.cut();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	#accept(near: Socket): void {
		if (this.#isCut) {
			near.on("error", () => near.destroy());
			near.resetAndDestroy();
			return;
		}
		const { host, port, slowness, random } = this.#parts;
		const far = connect({ host, port, allowHalfOpen: true });
		const startMs = connectedMs(slowness, random, performance.now());
		for (const [from, to] of [
			[near, far],
			[far, near],
		] as const) {
			from.setNoDelay();
			this.#sockets.add(from);
			from.on("close", () => this.#sockets.delete(from));
			carry(from, to, new TcpDirection(slowness, random, startMs));
		}
	}
}

/** Hands bytes on when they arrive. What is under way is held here: nothing here is so large. */
function carry(from: Socket, to: Socket, direction: TcpDirection): void {
	let timer: NodeJS.Timeout | null = null;
	let hasEnded = false;
	const pass = (): void => {
		if (timer !== null) clearTimeout(timer);
		timer = null;
		const bytes = direction.take(performance.now());
		if (bytes !== null && to.writable) to.write(bytes);
		const { nextMs } = direction;
		if (nextMs !== null) timer = setTimeout(pass, Math.ceil(nextMs - performance.now()));
		else if (hasEnded) to.end();
	};
	from.on("data", (bytes: Buffer) => {
		direction.send(bytes, performance.now());
		pass();
	});
	from.on("end", () => {
		hasEnded = true;
		pass();
	});
	// A reset travels at once: nobody is measured over it.
	from.on("error", () => to.destroy());
	from.on("close", () => {
		if (hasEnded) return; // What it said before is still on its way.
		if (timer !== null) clearTimeout(timer);
		to.destroy();
	});
}
