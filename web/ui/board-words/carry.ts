/** English strings of what is carried into the board and out of it: `carry.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const carryMessages = addEnglish({
	"board.dropHere": "Drop photos or board files here",
	"board.clear": "Clear the board",
	"board.fingersDraw": "Draw with fingers again",
	"carry.nothing": "There is nothing on the board yet.",
	"carry.tooLarge": "This device cannot make a picture of such a large board.",
	"carry.out": "Save the board",
	"carry.outPart": "Save what is chosen",
	"carry.png": "Picture (PNG)",
	"carry.svg": "Drawing (SVG)",
	"carry.json": "Board file (JSON)",
	"carry.print": "Print",
	"carry.open": "Open a board file",
	"carry.copy": "Copy",
	"carry.paste": "Paste",
	"carry.copied": "Copied.",
	"carry.noCopy": "This browser did not let it be copied.",
	"carry.noPaste": "There is nothing to paste, or this browser does not show it.",
	"carry.fileName": "{room} board {day}",
	"carry.working": "The board is being drawn",
	"carry.giveUp": "Stop",
	"carry.failed": "That did not work. Please try again.",
	"carry.words.one": "1 item of a board",
	"carry.words.other": "{count} items of a board",
	"carry.tooLargeForClipboard": "That is too much for the clipboard. Save it as a board file.",
	"carry.damaged": "This cannot be put on the board: it is damaged, or is no board.",
	"carry.newer": "This was made by a newer Weft. Reload the page and try again.",
	"carry.tooMuch": "That is too much at once: {count} items at most.",
	"carry.empty": "There is nothing in it.",
	"carry.photosLeft.one": "1 photo was left out: it is not among the photos of this room.",
	"carry.photosLeft.other":
		"{count} photos were left out: they are not among the photos of this room.",
	"carry.leftOut.one": "1 thing was left out: this board has nothing like it.",
	"carry.leftOut.other": "{count} things were left out: this board has nothing like them.",
});
