/** The way to the talk about items. Its code comes when nothing waits: first of all people draw. */
import type { AboutItem } from "../../../shared/surfaces/about.ts";
import { whenIdle } from "../../ui/idle.ts";
import type { BoardTalk, TalkPorts } from "./board-talk.ts";

/** Opens with a board. `close()` it when the board goes. */
export class TalkDoor {
	readonly #ports: TalkPorts;
	#fetched: Promise<BoardTalk> | null = null;
	#talk: BoardTalk | null = null;
	#isClosed = false;

	constructor(ports: TalkPorts) {
		this.#ports = ports;
		const fetch = (): void => {
			if (this.#isClosed) return;
			this.#fetch().catch((error: unknown) => console.info("No talk about items yet:", error));
		};
		void ports.client.ready.then(() => whenIdle(fetch));
	}

	/** The items on the board have changed. */
	drawn(): void {
		this.#talk?.lookSoon();
	}

	/** Begins a message about what is chosen or pointed at. */
	async start(): Promise<void> {
		(await this.#fetch()).start();
	}

	/** Shows an item that somebody spoke of. */
	async show(about: AboutItem): Promise<void> {
		await (await this.#fetch()).show(about);
	}

	/** Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		this.#talk?.close();
	}

	#fetch(): Promise<BoardTalk> {
		this.#fetched ??= import("./board-talk.ts").then(
			(module) => {
				const talk = new module.BoardTalk(this.#ports);
				if (this.#isClosed) talk.close();
				this.#talk = talk;
				return talk;
			},
			(error: unknown) => {
				this.#fetched = null; // Tried again when it is needed next.
				throw error;
			},
		);
		return this.#fetched;
	}
}
