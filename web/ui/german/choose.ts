/** German strings of what is done with chosen items of the board. */
import type { chooseMessages } from "../board-words/choose.ts";

/** For every key of the English table, and for no other. */
export const chooseGerman: Readonly<Record<keyof typeof chooseMessages, string>> = {
	"choose.bar": "Was ausgewählt ist",
	"choose.duplicate": "Duplizieren",
	"choose.write": "Hineinschreiben",
	"choose.group": "Gruppieren",
	"choose.ungroup": "Gruppe auflösen",
	"choose.order": "Anordnen",
	"choose.forward": "Eine Ebene nach vorn",
	"choose.backward": "Eine Ebene nach hinten",
	"choose.front": "Ganz nach vorn",
	"choose.back": "Ganz nach hinten",
	"choose.lock": "Sperren",
	"choose.unlock": "Entsperren",
	"choose.locked": "Gesperrt: auswählbar, aber nicht zu verschieben, zu ändern oder zu löschen.",
	"choose.unlocked": "Entsperrt.",
	"choose.isLocked": "Das ist gesperrt. Entsperre es zuerst.",
	"choose.walk": "Nächstes, voriges Element",
	"choose.open": "Das erste Element auswählen, das ausgewählte öffnen",
	"choose.connect": "Pfeil vom ausgewählten Element zu einem anderen; beim Pfeil: Ende, Anfang",
	"choose.connect.to": "Mit Tab zum Ziel des Pfeils, dann Eingabe. Escape bricht ab.",
	"choose.connect.not": "Daran kann kein Pfeil haften.",
	"choose.connect.done": "Verbunden.",
	"choose.size": "Breiter, schmaler, höher, niedriger",
	"choose.turn": "Um 15 Grad drehen, um 1 Grad",
	"choose.copyStyle": "Stil kopieren",
	"choose.pasteStyle": "Stil einfügen",
	"choose.grid": "Raster und Einrasten",
	"choose.gridOn": "Rastet am Raster und an anderen Elementen ein. Strg lässt los.",
	"choose.gridOff": "Rastet nicht mehr am Raster ein.",
};
