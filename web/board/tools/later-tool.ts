/** A tool whose code comes when it is first used: what the hand does meanwhile is done then. */
import type { Later, Part } from "../../sync/later.ts";
import type { Point } from "../camera.ts";
import type { Press, Sample, Tool } from "./tool.ts";

/** Deeds that wait for the code: a minute of a hand that moves. */
const waitingMax = 4_000;

/** Where a tool comes from. */
export interface ToolSource<T extends Tool> {
	/** Null before its code came. */
	readonly here: T | null;
	get(): Promise<T>;
}

/** How a tool that is fetched looks, and whom it tells that it did not come. */
export interface LaterToolOptions {
	readonly cursor: string;
	readonly failed: (error: unknown) => void;
}

/** Stands for a tool that is fetched; what is done after it did not come fetches it again. */
export class LaterTool<T extends Tool> implements Tool {
	readonly #cursor: string;
	readonly #source: ToolSource<T>;
	readonly #failed: (error: unknown) => void;
	#waiting: ((tool: T) => void)[] = [];
	#arriving: Promise<boolean> | null = null;

	constructor(source: ToolSource<T>, { cursor, failed }: LaterToolOptions) {
		this.#cursor = cursor;
		this.#source = source;
		this.#failed = failed;
	}

	get cursor(): string {
		return this.#source.here?.cursor ?? this.#cursor;
	}

	/** Null before its code came. */
	get here(): T | null {
		return this.#source.here;
	}

	/** See `Tool`. */
	get arriving(): Promise<boolean> | null {
		return this.#waiting.length === 0 ? null : this.#arriving;
	}

	hover(press: Press): void {
		this.#source.here?.hover?.(press);
	}

	down(press: Press): void {
		this.run((tool) => tool.down(press));
	}

	move(samples: readonly Sample[]): void {
		this.run((tool) => tool.move(samples));
	}

	up(): void {
		this.run((tool) => tool.up());
	}

	cancel(): void {
		this.run((tool) => tool.cancel());
	}

	leave(): void {
		this.#waiting = [];
		this.#source.here?.leave?.();
	}

	enter(): boolean {
		return this.#ask((tool) => tool.enter?.());
	}

	nudge(by: Point): boolean {
		return this.#ask((tool) => tool.nudge?.(by));
	}

	escape(): boolean {
		return this.#source.here?.escape?.() ?? false;
	}

	/** Does something with the tool: now, or when it is here and all before it is done. */
	run(deed: (tool: T) => void): void {
		const { here } = this.#source;
		if (here !== null && this.#waiting.length === 0) {
			deed(here);
			return;
		}
		if (this.#waiting.length < waitingMax) this.#waiting.push(deed);
		if (this.#waiting.length > 1) return;
		this.#arriving = this.#source.get().then(
			(tool) => {
				for (const each of this.#waiting.splice(0)) each(tool);
				return true;
			},
			(error: unknown) => {
				this.#waiting = [];
				this.#failed(error);
				return false;
			},
		);
	}

	/** What the tool answers; while it is on its way, it is asked later and means to. */
	#ask(question: (tool: T) => boolean | undefined): boolean {
		let answer = true;
		this.run((tool) => {
			answer = question(tool) ?? false;
		});
		return answer;
	}
}

/** A tool that comes with others. */
export function toolIn<P extends Part, T extends Tool>(
	part: Later<P>,
	of: (part: P) => T,
): ToolSource<T> {
	return {
		get here() {
			return part.here === null ? null : of(part.here);
		},
		get: async () => of(await part.get()),
	};
}

/** What hands and keys do behind a key that waits for a tool's code: each in its turn. */
export class InTurn {
	readonly #arriving: () => Promise<boolean> | null;
	#deeds: (() => void)[] = [];
	#isFollowing = false;

	/** `arriving` as that of a tool. */
	constructor(arriving: () => Promise<boolean> | null) {
		this.#arriving = arriving;
	}

	/** True where nothing waits. */
	get isEmpty(): boolean {
		return this.#deeds.length === 0;
	}

	/** True where a deed waits for others: it is done behind them. */
	holds(deed: () => void): boolean {
		const isHeld = !this.isEmpty;
		if (isHeld) this.add(deed);
		return isHeld;
	}

	/** Is done behind all that waits, and behind the code that is on its way. */
	add(deed: () => void): void {
		if (this.#deeds.length < waitingMax) this.#deeds.push(deed);
		if (!this.#isFollowing) void this.#follow();
	}

	/** What waits is not done. */
	clear(): void {
		this.#deeds = [];
	}

	/** What follows on code that did not come is not done either. */
	async #follow(): Promise<void> {
		this.#isFollowing = true;
		try {
			while (!this.isEmpty) {
				for (let code = this.#arriving(); code !== null; code = this.#arriving()) {
					if (!(await code)) this.clear();
				}
				this.#deeds.splice(0, 1)[0]?.();
			}
		} finally {
			this.#isFollowing = false;
		}
	}
}
