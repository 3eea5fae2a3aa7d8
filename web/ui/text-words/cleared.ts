/** English strings of what was cleared away and is brought back: `cleared.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const clearedMessages = addEnglish({
	"cleared.open": "Bring back what was cleared…",
	"cleared.title": "Bring back what was cleared",
	"cleared.note":
		"What somebody took away at once is kept here for a while. It comes back as it was; what was " +
		"made since stays.",
	"cleared.loading": "Looking for it…",
	"cleared.nothing": "Nothing is missing: all that was cleared away is back, or nothing was.",
	"cleared.unknown": "What was cleared away cannot be read now.",
	"cleared.items.one": "1 item of the board",
	"cleared.items.other": "{count} items of the board",
	"cleared.letters.one": "1 letter of the document",
	"cleared.letters.other": "{count} letters of the document",
	"cleared.by": "taken away by {name}, {time}",
	"cleared.back": "Bring back",
	"cleared.backOne": "Bring back: {what}",
	"cleared.done.one": "1 item is back on the board.",
	"cleared.done.other": "{count} items are back on the board.",
	"cleared.doneText": "The text is back.",
	"cleared.already": "It is back already.",
	"cleared.undo": "Undo",
	"cleared.failed": "That could not be brought back. Please try again.",
});
