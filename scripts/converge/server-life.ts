/** How the server of a run ends and comes back, and what its disk must hold each time. */
import type * as Y from "yjs";
import type { Millis } from "../../shared/clock.ts";
import type { RoomName } from "../../shared/ids.ts";
import type { Checklist } from "./checks/checklist.ts";
import { askPromises, askSynced } from "./checks/tokens.ts";
import type { Journal } from "./journal.ts";
import type { Ledger } from "./person/ledger.ts";
import type { ScreenRow } from "./screen/row.ts";
import type { Testbed } from "./testbed.ts";

/** How long a server may take from SIGTERM or its start until it listens. */
const listeningMsMax: Millis = 60_000;

/** What it is asked of. */
export interface ServerLifeParts {
	readonly testbed: Testbed;
	readonly room: RoomName;
	readonly ledger: Ledger;
	readonly list: Checklist;
	readonly row: ScreenRow;
	readonly journal: Journal;
	/** Waits for something, but not for ever. */
	readonly until: (isDone: () => boolean, msMax: Millis) => Promise<void>;
}

/** See the head of this file. */
export class ServerLife {
	readonly #parts: ServerLifeParts;
	#startCount = 0;

	constructor(parts: ServerLifeParts) {
		this.#parts = parts;
	}

	/** Starts it; again after an end. */
	async start(): Promise<void> {
		const { testbed, list, journal, until } = this.#parts;
		const wrong = await testbed.start();
		list.ask("starts again", wrong);
		await until(() => testbed.isListening, listeningMsMax);
		journal.tell("server", this.#startCount++ === 0 ? "the server starts" : "the server is back");
	}

	/** Ends it at once, and starts it again after a rest. */
	async crash(kind: "kill" | "powerCut", ms: Millis): Promise<void> {
		const { testbed } = this.#parts;
		await this.#askSynced();
		await testbed.crash(kind);
		if (ms > 0) await testbed.rest(ms / 4);
		await this.restart();
	}

	/** SIGTERM, and another start. */
	async terminate(): Promise<void> {
		const { testbed, list } = this.#parts;
		list.ask("stops in time", await testbed.stop());
		await this.restart();
	}

	/** A new process on the same disk; before it answers anybody, what it holds is looked at. */
	async restart(): Promise<void> {
		const { testbed, ledger, list, row } = this.#parts;
		const { moment } = ledger;
		const held = row.held();
		await this.start();
		// While the room is purged nobody knows by which ids its words go.
		if (!testbed.isListening || ledger.epochs.isUnderWay) return;
		const doc = await this.stored();
		if (doc === null) return;
		askPromises({ doc, whose: "the disk", ledger, list }, moment);
		await row.ask(doc, held);
		doc.destroy();
	}

	/** What lies on its disk; null where nobody can tell, or it is damaged. */
	async stored(): Promise<Y.Doc | null> {
		const { testbed, room, list } = this.#parts;
		try {
			const doc = await testbed.stored(room);
			list.ask("store is whole");
			return doc;
		} catch (error) {
			list.ask("store is whole", String(error));
			return null;
		}
	}

	/** Whatever is promised must be synced at that moment. */
	askPromise(tokens: readonly string[], how: string): void {
		const { testbed, list } = this.#parts;
		const { isSynced } = testbed;
		if (isSynced === undefined) return;
		const early = tokens.filter((token) => !isSynced.call(testbed, token));
		const wrong = early.map((token) => `${token} ${how} before it was synced`);
		list.ask("saved is synced", wrong);
	}

	/** Had the power gone now, everything promised must be there. */
	async #askSynced(): Promise<void> {
		const { testbed, room, ledger, list } = this.#parts;
		const { moment } = ledger;
		if (ledger.epochs.isUnderWay) return;
		try {
			const doc = await testbed.synced?.(room);
			if (doc === undefined) return;
			askSynced({ doc, whose: "the disk", ledger, list }, moment);
			doc.destroy();
		} catch (error) {
			list.ask("saved is synced", `it cannot be read: ${String(error)}`);
		}
	}
}
