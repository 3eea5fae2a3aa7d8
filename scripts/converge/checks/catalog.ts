/** Every check by name: what it means, and what a server must be able to do to be asked. */
import type { Abilities } from "../testbed.ts";

/** What a check needs beyond people who connect. */
export type Need =
	| keyof Abilities
	| "schema"
	| "sessions"
	| "timers"
	| "synced"
	| "figures"
	| "screens"
	| "rights";

/** One row of the catalogue. */
export interface Check {
	/** In one sentence. */
	readonly means: string;
	/** Null where any server can be asked. */
	readonly needs: Need | null;
}

/** What must be true of every run. */
export const catalog = {
	"equal copies": {
		means: "All copies and a newcomer's have the same content, formats, structs and deletes.",
		needs: null,
	},
	"equal after encoding": {
		means: "A copy is the same after it was encoded and decoded, in v1 and in v2.",
		needs: null,
	},
	"equal after merging": {
		means: "All updates that a device ever had, merged, make the same room.",
		needs: null,
	},
	"equal after a restart": {
		means: "What a restarted server has stored is the room that people see.",
		needs: "persistence",
	},
	"nothing pending": {
		means: "No copy waits for a part that never came.",
		needs: null,
	},
	"whole tokens": {
		means: "No character is torn, and nothing stands between what people wrote.",
		needs: null,
	},
	"nothing invented": {
		means: "Nothing appears, on any surface, that nobody wrote there.",
		needs: null,
	},
	"nothing lost": {
		means: "Everything that was written and not removed is there in the end.",
		needs: null,
	},
	"no item doubled": {
		means: "Nobody sees an item of the board twice, whoever erases it and takes that back.",
		needs: null,
	},
	"shown stays": {
		means: "What somebody else was shown is there after a crash.",
		needs: "persistence",
	},
	"saved stays": {
		means: "What was called saved is there after a crash.",
		needs: "acks",
	},
	"saved is synced": {
		means: "At any moment, what was shown or called saved would outlive a power cut.",
		needs: "synced",
	},
	"nothing comes back": {
		means: "What was removed stays away, also after a crash, once that was shown or saved.",
		needs: null,
	},
	"in order": {
		means: "What a person wrote stays between what stood on either side of it.",
		needs: null,
	},
	"chat grows": {
		means: "A message that a page has shown never leaves it, nor moves before an earlier one.",
		needs: null,
	},
	"chat authors": {
		means: "Every message stands under who said it.",
		needs: null,
	},
	"chat is guarded": {
		means: "A stranger can neither rewrite the chat nor speak in it as somebody else.",
		needs: "schema",
	},
	"rights hold": {
		means: "Nothing is taken from whom neither role, link, account nor token let do it.",
		needs: "rights",
	},
	"the honest stay": {
		means: "Nobody is refused, or sent away, who did only what they may.",
		needs: "rights",
	},
	"refused is kept": {
		means: "What a server refused is in no room, and on the device of who did it.",
		needs: "rights",
	},
	"the hostile are told": {
		means: "Nothing forged is called saved; who sends it is sent away, and nobody else.",
		needs: "rights",
	},
	"no ghosts": {
		means: "Who left, or whose page was killed without a word, is shown no more after 30 s.",
		needs: null,
	},
	"everybody is shown": {
		means: "Every page that is open and connected is shown to all the others.",
		needs: null,
	},
	"no forged identity": {
		means: "Nobody is shown under somebody else's name or id.",
		needs: "identity",
	},
	"pages work": {
		means: "No page fails at what it is sent.",
		needs: null,
	},
	"in step again": {
		means: "A bounded time after the last fault everybody has everything.",
		needs: null,
	},
	"all called saved": {
		means: "A bounded time after the last fault everything is called saved.",
		needs: "acks",
	},
	"starts again": {
		means: "The server listens again a bounded time after it ended, however it ended.",
		needs: null,
	},
	"stops in time": {
		means: "The server ends by itself after SIGTERM.",
		needs: null,
	},
	"keeps up": {
		means: "While a fault lasts, the server does what it still can, and no harm.",
		needs: null,
	},
	"store is whole": {
		means: "What lies on disk can be read.",
		needs: "persistence",
	},
	"sessions end": {
		means: "The server holds one session for each page that is connected, and no other.",
		needs: "sessions",
	},
	"timers end": {
		means: "When everybody has left, nothing waits in the server but what did before.",
		needs: "timers",
	},
	"resources return": {
		means: "When everybody has left, memory and open files are near where they began.",
		needs: "figures",
	},
	"equal screens": {
		means: "A real browser shows the words and the messages that others have, in their order.",
		needs: "screens",
	},
	"screens answer": {
		means: "A page in a real browser opens, and does what keys and buttons say.",
		needs: "screens",
	},
	"quiet pages": {
		means: "No page in a real browser throws an error, or complains of one.",
		needs: "screens",
	},
	"quiet log": {
		means:
			"The server complains of nothing, nor says what is wrong, without a fault to explain it.",
		needs: null,
	},
} as const satisfies Record<string, Check>;

/** The name of a check. */
export type CheckName = keyof typeof catalog;

/** Why a server cannot be asked. */
export const reasons: Readonly<Record<Need, string>> = {
	acks: "it does not say when a write is saved",
	persistence: "nothing is known of what it keeps",
	identity: "it knows no people and no rights",
	schema: "its rooms take any Yjs content from whoever may write",
	sessions: "nobody can count its sessions",
	timers: "nobody can see what it waits for",
	synced: "nobody can see what of its disk is synced",
	figures: "it is no process of ours",
	screens: "nobody sits at a real browser",
	rights: "nobody has rights that change: see --rights",
};
