/** German strings of what people may do in a room, and who decides. */
import type { rightsMessages } from "../messages/rights.ts";

/** For every key of the English table, and for no other. */
export const rightsGerman: Readonly<Record<keyof typeof rightsMessages, string>> = {
	"rights.bar.viewer": "Du kannst hier alles ansehen und nichts ändern.",
	"rights.bar.commenter":
		"Du kannst hier reden und kommentieren. Text, Tafel und Fotos sind für Bearbeitende.",
	"rights.bar.presented": "{name} präsentiert: Du kannst zusehen, bis das zu Ende ist.",
	"rights.bar.presentedTalk":
		"{name} präsentiert: Du kannst zusehen und im Chat reden, bis das zu Ende ist.",
	"rights.bar.narrowed": "Gerade kannst du nur ansehen: {surfaces}.",
	"rights.bar.muted": "Du bist stumm geschaltet: Du kannst den Chat lesen, aber nichts schreiben.",
	"rights.bar.presenting": "Gerade schreibst nur du. Alle anderen sehen zu.",
	"rights.bar.presentingEnd": "Alle schreiben lassen",
	"rights.bar.binned": "Dieser Raum liegt im Papierkorb: Nur wer ihn verwaltet, kann ihn öffnen.",
	"rights.bar.restore": "Herausholen",
	"rights.bar.waits.one": "{name} möchte herein.",
	"rights.bar.waits.other": "{name} und andere möchten herein: {count} Personen.",
	"rights.bar.letIn": "Hereinlassen",
	"rights.bar.showWaiting": "Alle zeigen",
	"rights.surface.document": "Dokument",
	"rights.surface.board": "Tafel",
	"rights.surface.chat": "Chat",
	"rights.surface.photos": "Fotos",
	"rights.knock.wait": "Du wartest als {name}.",
	"rights.knock.name": "Meinen Namen ändern",
	"rights.binned": "„{title}“ liegt im Papierkorb.",
	"rights.unknown": "Wer hier was darf, lässt sich gerade nicht lesen.",
	"rights.failed": "Das wurde nicht geändert. Bitte versuch es noch einmal.",

	"rights.role.none": "wie beim Hereinkommen",
	"rights.role.viewer": "darf ansehen",
	"rights.role.commenter": "darf kommentieren",
	"rights.role.editor": "darf bearbeiten",
	"rights.role.owner": "darf bearbeiten und verwalten",
	"rights.role.hand": "soll den Raum besitzen …",
	"rights.owner": "besitzt den Raum",
	"rights.you": "du",
	"rights.somebody": "Jemand",
	"rights.out": "ausgeschlossen",
	"rights.muted": "stumm",

	"rights.people": "Personen und ihre Rechte",
	"rights.people.open": "Rollen und Rechte",
	"rights.people.present": "Nur ich schreibe",
	"rights.people.presentNote": "Alle anderen sehen zu, sofort und bis du es ausschaltest.",
	"rights.people.presentOther": "{name} präsentiert gerade.",
	"rights.people.talk": "Andere dürfen dabei reden",
	"rights.people.talkNote": "Während eine Person allein schreibt, bleibt der Chat offen.",
	"rights.people.waiting": "Möchten herein",
	"rights.people.letIn": "Hereinlassen",
	"rights.people.letInOne": "{name} hereinlassen",
	"rights.people.refuse": "Ablehnen",
	"rights.people.refuseOne": "{name} ablehnen",
	"rights.people.all": "In diesem Raum",
	"rights.people.nobody": "Sonst ist niemand hier. Wer kommt, steht dann hier.",
	"rights.people.role": "Was {name} darf",
	"rights.people.hand": "Übergeben",
	"rights.people.handTitle": "Diesen Raum an {name} übergeben?",
	"rights.people.handText":
		"Wer ihn bekommt, entscheidet dann, wer hereinkommt und wer was darf, und kann ihn als " +
		"Einzige oder Einziger weitergeben. Du kannst hier weiter bearbeiten, aber nichts verwalten.",
	"rights.people.handGuest":
		"Gäste haben kein Konto: Gehen die Cookies im Browser verloren, kann den Raum nur noch " +
		"weitergeben, wer den Server betreibt.",
	"rights.people.muteOne": "{name} im Chat stumm schalten",
	"rights.people.unmuteOne": "{name} wieder im Chat schreiben lassen",
	"rights.people.out": "Ausschließen",
	"rights.people.outOne": "Ausschließen: {name}",
	"rights.people.outTitle": "{name} ausschließen?",
	"rights.people.outText": "Der Raum schließt sich dort sofort. Was gemacht wurde, bleibt.",
	"rights.people.outGuest":
		"Gäste haben kein Konto: In einem anderen Browser oder ohne Cookies sind sie für den Raum " +
		"jemand anderes und kommen wieder herein, wo alle hereinkommen.",
	"rights.people.outDoor": "Wer ab jetzt die Adresse des Raums öffnet,",
	"rights.people.outSame": "kommt herein wie bisher",
	"rights.people.back": "Wieder hereinlassen",
	"rights.people.backOne": "{name} wieder hereinlassen",
	"rights.people.least": "Wer wo schreiben darf",
	"rights.least.document": "Dokument",
	"rights.least.board": "Tafel",
	"rights.least.chat": "Chat",
	"rights.least.photos": "Fotos",
	"rights.least.all": "alle nach ihrer Rolle",
	"rights.least.editor": "nur Bearbeitende",
	"rights.least.owner": "nur wer verwaltet",

	"rights.entry": "Adresse des Raums",
	"rights.entry.gives": "Wer sie öffnet",
	"rights.entry.editor": "darf bearbeiten",
	"rights.entry.commenter": "darf kommentieren",
	"rights.entry.viewer": "darf ansehen",
	"rights.entry.knock": "wartet auf Einlass",
	"rights.entry.closed": "kommt nicht herein",
	"rights.links": "Links",
	"rights.links.note":
		"Ein Link verrät den Namen des Raums nicht und endet, wenn du ihn widerrufst.",
	"rights.links.still":
		"Diese Links geben weniger als die Adresse: Wer die eigene Adresse des Raums kennt, {gives}.",
	"rights.links.still.editor": "darf weiterhin bearbeiten",
	"rights.links.still.commenter": "darf weiterhin kommentieren",
	"rights.links.same": "Dort nur {gives}",
	"rights.links.same.viewer": "ansehen",
	"rights.links.same.commenter": "kommentieren",
	"rights.links.only": "Nur Mitglieder und Links",
	"rights.links.role": "Wer damit kommt",
	"rights.links.expiry": "Er gilt",
	"rights.links.forever": "unbefristet",
	"rights.links.day": "einen Tag",
	"rights.links.week": "eine Woche",
	"rights.links.make": "Neuer Link",
	"rights.links.until": "bis {time}",
	"rights.links.copy": "Kopieren",
	"rights.links.copyOne": "Link kopieren: {what}",
	"rights.links.qr": "QR-Code",
	"rights.links.qrOne": "QR-Code des Links: {what}",
	"rights.links.revoke": "Widerrufen",
	"rights.links.revokeOne": "Link widerrufen: {what}",

	"rights.audit": "Was hier entschieden wurde",
	"rights.audit.empty": "Noch nichts.",
	"rights.audit.own": "{by} besitzt nun den Raum",
	"rights.audit.hand": "{by} hat den Raum an {about} übergeben",
	"rights.audit.entry": "{by} hat die Adresse geändert: Wer sie öffnet, {to}",
	"rights.audit.least": "{by} hat geändert, wer schreiben darf: {to}",
	"rights.audit.present": "{by} lässt {about} präsentieren",
	"rights.audit.presentEnd": "{by} hat das Präsentieren beendet",
	"rights.audit.talk": "{by} lässt andere reden, während jemand präsentiert",
	"rights.audit.talkEnd": "{by} lässt andere nicht mehr reden, während jemand präsentiert",
	"rights.audit.member": "{by} hat entschieden: {about} {to}",
	"rights.audit.out": "{by} hat {about} ausgeschlossen",
	"rights.audit.mute": "{by} hat {about} stumm geschaltet",
	"rights.audit.unmute": "{by} lässt {about} wieder reden",
	"rights.audit.forget": "{by} hat zurückgenommen, was über {about} entschieden war",
	"rights.audit.link": "{by} hat einen Link gemacht: {to}",
	"rights.audit.revoke": "{by} hat einen Link widerrufen: {to}",
	"rights.audit.kick": "{by} hat alle ausgeschlossen, die hier waren: {to}",
	"rights.audit.close": "{by} hat den Raum geschlossen, Personen darin: {to}",
	"rights.audit.operator": "{name}, vom Betrieb des Servers,",
	"rights.audit.bin": "{by} hat den Raum in den Papierkorb gelegt",
	"rights.audit.restore": "{by} hat den Raum aus dem Papierkorb geholt",
	"rights.audit.purge": "{by} hat den Raum bereinigt",
	"rights.audit.atServer": "Wer den Server betreibt,",

	"rights.purge": "Was niemand mehr sieht",
	"rights.purge.note":
		"Gelöschter Text, wegradierte Striche, zurückgenommene Nachrichten und Fotos im Papierkorb " +
		"bleiben aufgehoben, damit nichts verloren geht. Beim Bereinigen verschwinden sie für immer.",
	"rights.purge.open": "Raum bereinigen…",
	"rights.purge.title": "Diesen Raum bereinigen?",
	"rights.purge.text":
		"Für immer verschwinden: gelöschter Text und gelöschte Striche, frühere Fassungen, " +
		"zurückgenommene Nachrichten, Fotos im Papierkorb und der ganze Verlauf. Was jetzt zu sehen " +
		"ist, bleibt, mit den Namen daran. Alle beginnen damit neu: Rückgängig machen lässt sich " +
		"nichts von davor, und wessen Änderungen noch unterwegs sind, behält sie als Datei. " +
		"Sicherungen und was andere sich gespeichert haben, erreicht das nicht.",
	"rights.purge.yes": "Für immer bereinigen",
	"rights.purged.told": "Dieser Raum wurde bereinigt: Du siehst alles, was darin ist.",
	"rights.purged.title": "Dieser Raum wurde bereinigt",
	"rights.purged.text":
		"Wer ihn verwaltet, hat für immer entfernt, was nicht mehr zu sehen war. Änderungen von dir " +
		"waren noch unterwegs: Sie liegen als Datei auf diesem Gerät, mit dem Raum, wie er hier war. " +
		"Der Raum zeigt, was der Server hat.",

	"rights.lost.title": "Deine letzten Änderungen wurden nicht angenommen",
	"rights.lost.text":
		"Sie kamen, als du nicht mehr schreiben durftest, oder der Server konnte sie nicht annehmen. " +
		"Sie liegen als Datei auf diesem Gerät; der Raum zeigt, was der Server hat.",
	"rights.lost.save": "Datei speichern",
	"rights.lost.open": "Als neuen Raum öffnen",
	"rights.lost.done": "Verstanden",
	"rights.lost.unreadable": "Diese Datei lässt sich nicht lesen.",
	"rights.lost.notKept":
		"Dieser Browser bewahrt keine Räume auf, und ein neuer beginnt auf dem Gerät.",
	"rights.lost.list": "Arbeit, die ein Server nicht annahm",
	"rights.lost.listText":
		"Was abgelehnt wurde, bleibt hier, bis du es entfernst. Ein neuer Raum nimmt Worte und " +
		"Zeichnung mit.",
	"rights.lost.file": "Datei öffnen",
	"rights.lost.saveOne": "Speichern",
	"rights.lost.saveName": "„{title}“ vom {time} als Datei speichern",
	"rights.lost.openOne": "Neuer Raum",
	"rights.lost.openName": "„{title}“ vom {time} als neuen Raum öffnen",
	"rights.lost.dropOne": "Entfernen",
	"rights.lost.dropName": "„{title}“ vom {time} entfernen",
	"rights.lost.dropSure": "„{title}“ vom {time} entfernen?",
	"rights.lost.dropText": "Es wird sonst nirgends aufbewahrt.",
};
