/** German strings of what is carried in and out, and of a board in a frame. */

import type { carryMessages } from "../board-words/carry.ts";
import type { embedMessages } from "../board-words/embed.ts";

/** For every key of the two English tables, and for no other. */
export const carryGerman: Readonly<
	Record<keyof typeof carryMessages | keyof typeof embedMessages, string>
> = {
	"board.cleared": "Die Tafel ist jetzt leer.",
	"board.photosFailed": "Die Fotos sind gerade nicht erreichbar. Bitte versuch es noch einmal.",
	"board.penSeen": "Stift erkannt: Finger verschieben jetzt das Blatt.",
	"board.dropHere": "Fotos oder Tafeldateien hier ablegen",
	"board.clear": "Tafel leeren",
	"board.say": "Am eigenen Zeiger etwas sagen",
	"board.say.hint": "Enter sagt es auch im Chat",
	"board.pressure": "Stiftdruck",
	"board.pressureOn": "Je fester der Stift drückt, desto breiter die Linie.",
	"board.pressureOff": "Linien sind gleichmäßig, wie fest der Stift auch drückt.",
	"board.fingersDraw": "Wieder mit Fingern zeichnen",
	"carry.nothing": "Auf der Tafel ist noch nichts.",
	"carry.tooLarge": "Von einer so großen Tafel kann dieses Gerät kein Bild machen.",
	"carry.out": "Tafel sichern",
	"carry.outPart": "Auswahl sichern",
	"carry.png": "Bild (PNG)",
	"carry.svg": "Zeichnung (SVG)",
	"carry.json": "Tafeldatei (JSON)",
	"carry.print": "Drucken",
	"carry.open": "Tafeldatei öffnen",
	"carry.copy": "Kopieren",
	"carry.paste": "Einfügen",
	"carry.copied": "Kopiert.",
	"carry.noCopy": "Dieser Browser ließ es nicht kopieren.",
	"carry.noPaste": "Es gibt nichts einzufügen, oder dieser Browser zeigt es nicht.",
	"carry.fileName": "{room} Tafel {day}",
	"carry.working": "Die Tafel wird gezeichnet",
	"carry.giveUp": "Abbrechen",
	"carry.failed": "Das hat nicht geklappt. Bitte versuch es noch einmal.",
	"carry.words.one": "1 Ding von einer Tafel",
	"carry.words.other": "{count} Dinge von einer Tafel",
	"carry.tooLargeForClipboard":
		"Das ist zu viel für die Zwischenablage. Sichere es als Tafeldatei.",
	"carry.damaged": "Das kann nicht auf die Tafel: Es ist beschädigt oder keine Tafel.",
	"carry.newer":
		"Das stammt von einem neueren Weft. Lade die Seite neu und versuch es noch einmal.",
	"carry.tooMuch": "Das ist zu viel auf einmal: höchstens {count} Dinge.",
	"carry.empty": "Es ist nichts darin.",
	"carry.photosLeft.one": "1 Foto blieb weg: Es ist nicht unter den Fotos dieses Raums.",
	"carry.photosLeft.other":
		"{count} Fotos blieben weg: Sie sind nicht unter den Fotos dieses Raums.",
	"carry.leftOut.one": "1 Ding blieb weg: So etwas gibt es auf dieser Tafel nicht.",
	"carry.leftOut.other": "{count} Dinge blieben weg: So etwas gibt es auf dieser Tafel nicht.",
	"embed.open": "Den ganzen Raum in einem Tab öffnen",
	"embed.talk": "Öffne den ganzen Raum, um darüber zu sprechen.",
};
