/** Where an own message is, said no better than it is known. */
import { failures } from "../../shared/errors.ts";
import type { RoomStatus } from "../sync/status.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/chat.ts";

/** On its way; on a disk; or held up, and why, in words. */
export type Delivery =
	/** In this page only: there is no copy on the device. */
	| { readonly where: "page" }
	| { readonly where: "device" }
	| { readonly where: "sent" }
	| { readonly where: "saved" }
	| { readonly where: "held"; readonly say: string };

/**
 * Remembers which messages of this visit the server has on its disk.
 *
 * The server counts frames, not messages. So a message is saved at the first moment after it was
 * said at which all frames are.
 */
export class DeliveryNotes {
	/** By message id: true once it is on the server's disk. */
	readonly #saved = new Map<string, boolean>();

	/** This message was just put into the doc. */
	said(messageId: string): void {
		this.#saved.set(messageId, false);
	}

	/**
	 * Call it at every status, and once right after `said`.
	 *
	 * @returns true where a message may have something else to say now; each key pressed in the
	 *   document changes the status twice, and is no reason to draw the chat again
	 */
	status(status: RoomStatus): boolean {
		let isWaiting = false;
		for (const [messageId, isSaved] of this.#saved) {
			isWaiting ||= !isSaved;
			if (status.phase === "saved") this.#saved.set(messageId, true);
		}
		return isWaiting;
	}

	/** Where that message is; null for one that was not said in this visit. */
	of(messageId: string, status: RoomStatus): Delivery | null {
		const isSaved = this.#saved.get(messageId);
		if (isSaved === undefined) return null;
		return isSaved ? { where: "saved" } : whereOf(status);
	}
}

function whereOf(status: RoomStatus): Delivery {
	switch (status.phase) {
		case "saved":
			return { where: "saved" };
		case "saving":
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
		case "sent":
			return t("chat.state.sent");
		case "saved":
			return t("chat.state.saved");
		case "held":
			return delivery.say;
	}
}
