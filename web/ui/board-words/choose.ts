/** English strings of what is done with chosen items of the board. Keys begin with `choose.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const chooseMessages = addEnglish({
	"choose.bar": "What is selected",
	"choose.duplicate": "Duplicate",
	"choose.write": "Write in it",
	"choose.group": "Group",
	"choose.ungroup": "Ungroup",
	"choose.order": "Order",
	"choose.forward": "Bring forward",
	"choose.backward": "Send backward",
	"choose.front": "Bring to front",
	"choose.back": "Send to back",
	"choose.lock": "Lock",
	"choose.unlock": "Unlock",
	"choose.locked": "Locked: it can be selected, but not moved, changed or deleted.",
	"choose.unlocked": "Unlocked.",
	"choose.isLocked": "This is locked. Unlock it first.",
	"choose.walk": "Next item, previous item",
	"choose.open": "Select the first item, open the selected one",
	"choose.connect": "Arrow from the selected item to another; of an arrow: its end, its start",
	"choose.connect.to": "Tab to what the arrow leads to, then Enter. Escape gives it up.",
	"choose.connect.not": "An arrow cannot stay on this.",
	"choose.connect.done": "Connected.",
	"choose.size": "Make wider, narrower, higher, lower",
	"choose.turn": "Turn by 15 degrees, by 1 degree",
	"choose.copyStyle": "Copy the style",
	"choose.pasteStyle": "Paste the style",
	"choose.grid": "Grid and snapping",
	"choose.gridOn": "Snapping to the grid and to other items. Ctrl held lets go.",
	"choose.gridOff": "No longer snapping to the grid.",
});
