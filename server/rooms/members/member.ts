import type { FailureCode } from "../../../shared/errors.ts";
import type { Claimer } from "../guard/rules.ts";
import type { Attendee } from "./roster.ts";

/**
 * A session as its room sees it: no socket, no bytes on their way. The gateway implements it, and
 * so do tests and simulations.
 */
export interface Member extends Attendee, Claimer {
	/** True once the client asked for Weft's own messages. */
	readonly speaksWeft: boolean;
	/** False where a host application says what they are: who writes first there owns nothing. */
	readonly mayOwn: boolean;
	/** See `Author.accountName`. */
	readonly accountName: string | null;
	/**
	 * True while more waits for the client than may: it is sent only what is small and must arrive,
	 * until `Room.catchUp` is called. A frame that is sent after that ends it.
	 */
	readonly isBehind: boolean;
	/** Sends ink in the making, or leaves it out where the client reads slowly. */
	sendInk(frame: Uint8Array): void;
	/** Ends the session with the failure's close code. Calls `Room.leave` at once or later. */
	close(code: FailureCode, detail?: string): void;
	/** What its person may do here has changed: has that looked up again. */
	reconsider(): void;
	/** Stops reading from the client: the room has more than it can write. */
	pause(): void;
	/** Goes on reading. */
	resume(): void;
}
