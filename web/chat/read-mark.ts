/** How far a person has read in one room, kept on the device. */
import type { RoomName } from "../../shared/ids.ts";
import type { ShownMessage } from "../../shared/surfaces/chat.ts";
import { deviceMemory, isOurs, type Myself, type PersonMemory } from "../sync/me.ts";

/** Who reads. */
type Reader = Pick<Myself, "id" | "was">;

/** What was read. A count beside the place, because what was said offline may arrive before it. */
interface Mark {
	/** How many messages of others were read. */
	readonly count: number;
	/** The last message that was there. */
	readonly lastKey: string;
}

const nothingRead: Mark = { count: 0, lastKey: "" };

/** What is left to read. */
export interface Unread {
	readonly count: number;
	/** The first message that was not read, where the line is drawn; null where none is below. */
	readonly firstKey: string | null;
}

/** Remembers how far one room was read; without a device's memory for as long as the page lives. */
export class ReadMark {
	readonly #memory: PersonMemory | null;
	readonly #memoryKey: string;
	#mark: Mark;

	constructor(room: RoomName, memory: PersonMemory | null = deviceMemory()) {
		this.#memory = memory;
		this.#memoryKey = `weft:read:${room}`;
		this.#mark = parseMark(memory?.getItem(this.#memoryKey) ?? null);
	}

	/** What of these messages was not read yet; own ones are never unread. */
	unreadOf(messages: readonly ShownMessage[], me: Reader): Unread {
		const count = Math.max(0, countOthers(messages, me) - this.#mark.count);
		// Who comes for the first time begins with the newest, not with years of talk.
		if (count === 0 || this.#mark.lastKey === "") return { count, firstKey: null };
		const readIndex = messages.findLastIndex((shown) => shown.key === this.#mark.lastKey);
		const first = messages.find(
			(shown, messageIndex) => messageIndex > readIndex && !isOurs(me, shown.message.by),
		);
		return { count, firstKey: first?.key ?? null };
	}

	/** All of these messages were read. The count never falls: a copy may still be loading. */
	readAll(messages: readonly ShownMessage[], me: Reader): void {
		const count = Math.max(this.#mark.count, countOthers(messages, me));
		const lastKey = messages.at(-1)?.key ?? this.#mark.lastKey;
		if (count === this.#mark.count && lastKey === this.#mark.lastKey) return;
		this.#mark = { count, lastKey };
		try {
			this.#memory?.setItem(this.#memoryKey, JSON.stringify(this.#mark));
		} catch (error) {
			console.warn("Weft cannot remember what was read:", error);
		}
	}

	/** Another tab has read on; call it at a `storage` event. */
	readAgain(): void {
		this.#mark = parseMark(this.#memory?.getItem(this.#memoryKey) ?? null);
	}
}

function countOthers(messages: readonly ShownMessage[], me: Reader): number {
	let count = 0;
	for (const shown of messages) if (!isOurs(me, shown.message.by)) count += 1;
	return count;
}

function parseMark(text: string | null): Mark {
	try {
		const value = JSON.parse(text ?? "null") as Partial<Mark> | null;
		if (typeof value?.count !== "number" || typeof value.lastKey !== "string") return nothingRead;
		return { count: value.count, lastKey: value.lastKey };
	} catch {
		return nothingRead; // Somebody else's value under our name.
	}
}
