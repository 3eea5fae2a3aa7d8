/** German strings of the pages about this device and its connection. */
import type { deviceMessages } from "../messages/device.ts";

/** For every key of the English table, and for no other. */
export const deviceGerman: Readonly<Record<keyof typeof deviceMessages, string>> = {
	"device.title": "Auf diesem Gerät",
	"device.text": "Was dieser Browser aufhebt, damit du ohne Netz weitermachen kannst.",
	"device.loading": "Es wird nachgesehen, was hier ist …",
	"device.failed": "Dieser Browser lässt Weft nicht nachsehen, was er aufhebt.",
	"device.total": "{size} für Weft insgesamt",
	"device.rooms": "Räume",
	"device.empty": "Hier ist kein Raum gespeichert.",
	"device.emptyText": "Ein Raum wird gespeichert, sobald du ihn öffnest.",
	"device.theirs":
		"Von jemand anderem an diesem Browser: Es wird erst gesendet, wenn diese Person zurück ist.",
	"device.changes.one": "1 Änderung ist noch nicht auf dem Server",
	"device.changes.other": "{count} Änderungen sind noch nicht auf dem Server",
	"device.photos.one": "1 Foto ist noch nicht auf dem Server",
	"device.photos.other": "{count} Fotos sind noch nicht auf dem Server",
	"device.remove": "Entfernen",
	"device.removeRoom": "{title} von diesem Gerät entfernen",
	"device.removeAll": "Alles entfernen",
	"device.removed": "Von diesem Gerät entfernt",
	"device.removeFailed":
		"Nicht alles ließ sich entfernen. Schließ andere Tabs von Weft und versuch es noch einmal.",
	"device.sureTitle": "Entfernen, was nur hier ist?",
	"device.sureText":
		"Was noch nicht auf dem Server ist, gibt es nur hier. Öffne den Raum mit Netz: Dann geht es.",
	"device.sureYes": "Trotzdem entfernen",
	"device.keep": "Räume auf diesem Gerät aufheben",
	"device.keepText": "Schalte es an fremden Geräten aus: Räume brauchen dann ein Netz.",

	"connection.title": "Deine Verbindung",
	"connection.text": "Jede Sekunde gemessen, mit einem Buchstaben, den sonst niemand sieht.",
	"connection.echo": "Zum Server und zurück",
	"connection.echoText": "Nur das Netz.",
	"connection.saved": "Bis es gespeichert ist",
	"connection.savedText": "Das Netz und die Festplatte des Servers.",
	"connection.shown": "Bis andere es sehen",
	"connection.shownText": "Andere sehen nur, was gespeichert ist.",
	"connection.now": "{now} ms",
	"connection.worst": "schlechtester Wert der letzten Minute: {worst} ms",
	"connection.waiting": "noch keine Antwort",
	"connection.measuring": "Wird gemessen …",
	"connection.good": "Alles ist gut.",
	"connection.network": "Das Netz ist langsam: Geh näher ans WLAN oder versuch ein anderes.",
	"connection.server": "Das Netz ist gut; der Server ist langsam.",
	"connection.gone":
		"Der Server ist nicht erreichbar. Was du tust, bleibt auf diesem Gerät erhalten.",
	"connection.plot":
		"Die letzte Minute, jeder Balken eine Sekunde; der höchste steht für {worst} ms.",
};
