/** German strings of the document. */
import type { textMessages } from "../messages/text.ts";
import type { fileWords } from "../text-words/files.ts";
import type { findWords } from "../text-words/find.ts";
import type { linkWords } from "../text-words/link.ts";
import type { sideWords } from "../text-words/side.ts";

/** All that a document says. */
type TextWords = typeof textMessages &
	typeof fileWords &
	typeof findWords &
	typeof linkWords &
	typeof sideWords;

/** For every key of the English table, and for no other. */
export const textGerman: Readonly<Record<keyof TextWords, string>> = {
	"text.name": "Dokument",
	"text.placeholder": "Schreibt etwas zusammen",
	"text.placeholder.viewing": "Noch nichts geschrieben",
	"text.somebody": "Jemand",
	"text.tools": "Format",
	"text.undo": "Rückgängig",
	"text.redo": "Wiederholen",
	"text.header1": "Überschrift 1",
	"text.header2": "Überschrift 2",
	"text.header3": "Überschrift 3",
	"text.bold": "Fett",
	"text.italic": "Kursiv",
	"text.underline": "Unterstrichen",
	"text.strike": "Durchgestrichen",
	"text.code": "Code",
	"text.bullet": "Liste mit Punkten",
	"text.ordered": "Liste mit Nummern",
	"text.tasks": "Aufgabenliste",
	"text.quote": "Zitat",
	"text.codeBlock": "Codeblock",
	"text.link": "Link",
	"text.talk": "Über diese Stelle reden",
	"text.photo": "Foto einfügen",
	"text.indent": "Einrücken",
	"text.outdent": "Ausrücken",
	"text.center": "Zentriert",
	"text.right": "Rechtsbündig",
	"text.direction": "Von rechts nach links",
	"text.plain": "Formatierung entfernen",
	"text.unknown": "Kann hier nicht gezeigt werden",
	"text.unknownHint":
		"Ein anderes Programm hat etwas eingefügt, das Weft nicht kennt. Es bleibt erhalten.",
	"text.photoHere": "Foto",
	"text.imagesDropped.one":
		"Ein eingefügtes Bild wurde weggelassen. Kopiere es als Datei, um es zu teilen.",
	"text.imagesDropped.other":
		"{count} eingefügte Bilder wurden weggelassen. Kopiere sie als Dateien, um sie zu teilen.",
	"text.wiped": "Das Dokument ist jetzt leer, für alle.",
	"text.words.one": "1 Wort",
	"text.words.other": "{count} Wörter",
	"text.linkAddress": "Adresse",
	"text.linkApply": "Speichern",
	"text.linkOpen": "{link} in neuem Tab öffnen",
	"text.linkEdit": "Link ändern",
	"text.linkRemove": "Link entfernen",
	"text.linkRefused": "Ein Link braucht eine Web-, Mail- oder Telefonadresse.",
	"text.linkPlaceholder": "https://",
	"text.pageMenu": "Mehr zu diesem Dokument",
	"text.find": "Suchen",
	"text.findNext": "Weiter",
	"text.findPrevious": "Zurück",
	"text.findExact": "Groß- und Kleinschreibung beachten",
	"text.findExactSign": "Aa",
	"text.findCount": "{current} von {count}",
	"text.findNone": "Nichts gefunden",
	"text.findMore": "{current} von {count}+",
	"text.replace": "Ersetzen",
	"text.replaceWith": "Ersetzen durch",
	"text.replaceOne": "Ersetzen",
	"text.replaceAll": "Alle",
	"text.replaced.one": "1 ersetzt",
	"text.replaced.other": "{count} ersetzt",
	"text.contents": "Inhalt",
	"text.contentsEmpty":
		"Hier erscheinen die Überschriften. Mit # und einem Leerzeichen beginnt eine.",
	"text.authors": "Wer was schrieb",
	"text.authorsNone": "Noch nichts geschrieben",
	"text.authorYou": "Du",
	"text.authorEarlier": "Jemand, früher",
	"text.save": "Kopie speichern",
	"text.fileMarkdown": "Markdown",
	"text.fileHtml": "Webseite",
	"text.fileText": "Nur Text",
	"text.fileDelta": "Delta (JSON)",
	"text.import": "Datei einfügen",
	"text.cleared": "Gelöschten Text zurückholen",
	"text.imported": "{name} steht jetzt im Text.",
	"text.importTooLarge": "{name} ist größer als {size} MB und wurde nicht eingefügt.",
	"text.importUnreadable": "{name} ist kein lesbarer Text und wurde nicht eingefügt.",
	"text.importNoDocument": "In {name} ist kein Dokument; nichts wurde eingefügt.",
	"text.print": "Drucken",
	"text.actFailed": "Das hat nicht geklappt. Versuch es noch einmal, wenn die Verbindung steht.",
};
