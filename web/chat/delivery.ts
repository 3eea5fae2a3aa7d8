/** Where an own message is, said no better than it is known. */
import { failures } from "../../shared/errors.ts";
import type { RoomName } from "../../shared/ids.ts";
import type { PersonMemory } from "../sync/me.ts";
import type { RoomStatus } from "../sync/status.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/chat.ts";

/** On its way; on a disk; or held up, and why, in words. */
export type Delivery =
	/** In this page only: there is no copy on the device. */
	| { readonly where: "page" }
	| { readonly where: "device" }
	/** It left the page, and nobody has said that it came anywhere. */
	| { readonly where: "sending" }
	/** As much as a plain Yjs server ever lets anybody know. */
	| { readonly where: "sent" }
	| { readonly where: "saved" }
	| { readonly where: "held"; readonly say: string };

/** Where a device remembers what one room's server does not have yet. */
export interface NotesPlace {
	readonly memory: PersonMemory | null;
	readonly room: RoomName;
}

/** Messages that a device remembers as on their way; with more the oldest are forgotten. */
const unsavedMax = 200;

/**
 * Remembers which messages of this visit the server has on its disk, and which of earlier ones it
 * had not when they ended.
 *
 * The server counts frames, not messages. So a message is saved at the first moment after it was
 * said at which all frames are.
 */
export class DeliveryNotes {
	readonly #memory: PersonMemory | null;
	readonly #memoryKey: string;
	/** By message id: true once it is on the server's disk. */
	readonly #saved = new Map<string, boolean>();

	constructor({ memory, room }: NotesPlace) {
		this.#memory = memory;
		this.#memoryKey = `weft:unsaved:${room}`;
		for (const messageId of this.#recall()) this.#saved.set(messageId, false);
	}

	/** This message was just put into the doc. */
	said(messageId: string): void {
		this.#saved.set(messageId, false);
		this.#remember([...this.#recall(), messageId].slice(-unsavedMax));
	}

	/**
	 * Call it at every status, and once right after `said`.
	 *
	 * @returns true where a message may have something else to say now; each key pressed in the
	 *   document changes the status twice, and is no reason to draw the chat again
	 */
	status(status: RoomStatus): boolean {
		const waiting = [...this.#saved].filter(([, isSaved]) => !isSaved).map(([id]) => id);
		if (waiting.length === 0) return false;
		if (status.phase === "saved") for (const id of waiting) this.#saved.set(id, true);
		if (status.phase === "saved" || status.phase === "sent") this.#forgetOwn();
		return true;
	}

	/** Where that message is; null for one that was there when an earlier visit ended. */
	of(messageId: string, status: RoomStatus): Delivery | null {
		const isSaved = this.#saved.get(messageId);
		if (isSaved === undefined) return null;
		return isSaved ? { where: "saved" } : whereOf(status);
	}

	/** Other tabs write here too: what is theirs stays. */
	#recall(): string[] {
		try {
			const ids: unknown = JSON.parse(this.#memory?.getItem(this.#memoryKey) ?? "[]");
			return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
		} catch {
			return []; // Somebody else's value under our name.
		}
	}

	#forgetOwn(): void {
		const all = this.#recall();
		const others = all.filter((id) => !this.#saved.has(id));
		if (others.length < all.length) this.#remember(others);
	}

	#remember(messageIds: readonly string[]): void {
		this.#memory?.setItem(this.#memoryKey, JSON.stringify(messageIds));
	}
}

function whereOf(status: RoomStatus): Delivery {
	switch (status.phase) {
		case "saved":
			return { where: "saved" };
		case "saving":
			return { where: "sending" };
		case "sent":
			return { where: "sent" };
		case "readOnly":
		case "refused":
			return { where: "held", say: failures[status.code].say };
		case "loading":
		case "device":
		case "offline":
			return { where: status.copy === "kept" ? "device" : "page" };
	}
}

/** The words under a message. */
export function sayDelivery(delivery: Delivery): string {
	switch (delivery.where) {
		case "page":
			return t("chat.state.page");
		case "device":
			return t("chat.state.device");
		case "sending":
			return t("chat.state.sending");
		case "sent":
			return t("chat.state.sent");
		case "saved":
			return t("chat.state.saved");
		case "held":
			return delivery.say;
	}
}
