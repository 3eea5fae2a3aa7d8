/** German strings of what was cleared away and is brought back. */
import type { clearedMessages } from "../text-words/cleared.ts";

/** For every key of the English table, and for no other. */
export const clearedGerman: Readonly<Record<keyof typeof clearedMessages, string>> = {
	"cleared.open": "Weggeräumtes zurückholen …",
	"cleared.title": "Weggeräumtes zurückholen",
	"cleared.note":
		"Was jemand auf einmal entfernt hat, bleibt hier eine Weile aufgehoben. Es kommt zurück, wie " +
		"es war; was seitdem entstand, bleibt.",
	"cleared.loading": "Wird gesucht …",
	"cleared.nothing": "Es fehlt nichts: Was weggeräumt wurde, ist wieder da, oder nichts war es.",
	"cleared.unknown": "Was weggeräumt wurde, lässt sich gerade nicht lesen.",
	"cleared.items.one": "1 Element der Tafel",
	"cleared.items.other": "{count} Elemente der Tafel",
	"cleared.letters.one": "1 Buchstabe des Dokuments",
	"cleared.letters.other": "{count} Buchstaben des Dokuments",
	"cleared.by": "entfernt von {name}, {time}",
	"cleared.back": "Zurückholen",
	"cleared.backOne": "Zurückholen: {what}",
	"cleared.done.one": "1 Element ist wieder auf der Tafel.",
	"cleared.done.other": "{count} Elemente sind wieder auf der Tafel.",
	"cleared.doneText": "Der Text ist wieder da.",
	"cleared.already": "Das ist schon wieder da.",
	"cleared.undo": "Rückgängig",
	"cleared.failed": "Das ließ sich nicht zurückholen. Bitte versuch es noch einmal.",
};
