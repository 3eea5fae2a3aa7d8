/** German strings of the home page, the room's frame, people, sharing and the light. */
import type { choiceMessages } from "../messages/choices.ts";
import type { frameMessages } from "../messages/frame.ts";
import type { helpMessages } from "../messages/help.ts";
import type { homeMessages } from "../messages/home.ts";
import type { lightMessages } from "../messages/light.ts";
import type { peopleMessages } from "../messages/people.ts";
import type { shareMessages } from "../messages/share.ts";
import type { addressMessages } from "../messages/wrong-address.ts";

type Key =
	| keyof typeof frameMessages
	| keyof typeof choiceMessages
	| keyof typeof helpMessages
	| keyof typeof homeMessages
	| keyof typeof lightMessages
	| keyof typeof addressMessages
	| keyof typeof peopleMessages
	| keyof typeof shareMessages;

/** For every key of the English tables, and for no other. */
export const frameGerman: Readonly<Record<Key, string>> = {
	"frame.name": "Weft",
	"frame.close": "Schließen",
	"frame.cancel": "Abbrechen",
	"frame.tryAgain": "Noch einmal",
	"frame.faultId": "Wer den Server betreibt, findet es unter: {id}",
	"frame.justNow": "gerade eben",
	"frame.deviceLink": "Was dieses Gerät aufhebt",
	"frame.connectionLink": "Verbindung prüfen",
	"frame.goHome": "Zu allen Räumen",

	"frame.home.headline": "Ein Raum für Texte, Zeichnungen, Gespräche und Fotos",
	"frame.home.tagline":
		"Teilt einen Link und arbeitet zusammen. Nichts geht verloren, auch wenn das Netz ausfällt.",
	"frame.home.newRoom": "Neuer Raum",
	"frame.home.openByName": "Einen Raum über seinen Namen öffnen",
	"frame.home.namePlaceholder": "Name eines Raums",
	"frame.home.open": "Öffnen",
	"frame.home.nameNote": "Wer diesen Namen errät, kann hinein.",
	"frame.home.recent": "Zuletzt auf diesem Gerät",
	"frame.home.rooms": "Räume auf diesem Server",
	"frame.home.search": "Räume suchen",
	"frame.home.emptyTitle": "Noch keine Räume",
	"frame.home.emptyText":
		"Der erste ist einen Klick entfernt. Zeichne, schreib, rede: Ab dem ersten Strich bleibt es.",
	"frame.home.noMatch": "Kein Raum passt zu „{words}“.",
	"frame.home.clearSearch": "Alle Räume zeigen",
	"frame.home.unreachable": "Der Server antwortet nicht. Du siehst die Räume dieses Geräts.",
	"frame.home.failed": "Die Liste der Räume konnte nicht geladen werden.",
	"frame.home.showMore": "Mehr Räume zeigen",

	"frame.card.untitled": "Raum ohne Titel",
	"frame.card.by": "Angelegt: {when}, von {name}",
	"frame.card.byNobody": "Angelegt: {when}",
	"frame.card.changed": "Geändert: {when}",
	"frame.card.visited": "Du warst hier: {when}",
	"frame.card.now.one": "1 Person ist gerade hier",
	"frame.card.now.other": "{count} Personen sind gerade hier",
	"frame.card.messages.one": "1 Nachricht",
	"frame.card.messages.other": "{count} Nachrichten",
	"frame.card.role.viewer": "du darfst ansehen",
	"frame.card.role.commenter": "du darfst kommentieren",
	"frame.card.role.owner": "du verwaltest ihn",
	"frame.card.bin": "„{title}“ in den Papierkorb legen",
	"frame.card.restore": "„{title}“ aus dem Papierkorb holen",
	"frame.home.bin": "Im Papierkorb",
	"frame.card.open": "Offener Raum: Jeder Yjs-Editor darf mitmachen",

	"frame.room.title": "Titel des Raums",
	"frame.room.surfaces": "Teile des Raums",
	"frame.room.document": "Dokument",
	"frame.room.board": "Tafel",
	"frame.room.chat": "Chat",
	"frame.room.photos": "Fotos",
	"frame.room.split": "Dokument und Tafel nebeneinander",
	"frame.room.divider": "Breite des Dokuments",
	"frame.room.unread": "{count} ungelesen",
	"frame.room.closeChat": "Chat schließen",
	"frame.room.menu": "Mehr",
	"frame.room.surfaceMissing": "Dieser Teil konnte nicht geladen werden.",
	"frame.room.openKindNote":
		"Ein anderes Programm hat diesen Raum angelegt. Weft zeigt alles darin, so gut es kann.",

	"frame.page.missing": "Diese Seite konnte nicht geladen werden",
	"frame.page.missingText":
		"Vielleicht ist das Netz weg, oder Weft wurde erneuert. Deine Arbeit auf diesem Gerät bleibt.",
	"frame.page.waiting": "Der Server antwortet langsam",
	"frame.page.waitingText": "Du musst nichts tun: Der Raum öffnet sich, sobald er antwortet.",
	"frame.newVersion": "Ein neueres Weft ist da. Deine Arbeit bleibt, wie sie ist.",
	"frame.newVersion.use": "Neu laden",
	"frame.bad.title": "So kann kein Raum heißen",
	"frame.bad.text":
		"„{name}“ geht nicht: Nimm bis zu 128 Bytes, ohne / ? # % \\ und ohne Steuerzeichen.",
	"frame.unknown.title": "An dieser Adresse ist nichts",
	"frame.unknown.text":
		"Vielleicht ist der Link abgeschnitten. Bitte darum, dass er dir noch einmal geschickt wird.",

	"frame.people": "Personen in diesem Raum",
	"frame.people.alone": "Nur du bist hier. Teile den Link, um andere dazuzuholen.",
	"frame.people.rights": "Rollen und Rechte",
	"frame.people.on.document": "im Dokument",
	"frame.people.on.board": "an der Tafel",
	"frame.people.on.chat": "im Chat",
	"frame.people.on.photos": "bei den Fotos",
	"frame.people.member": "hat hier ein Konto",
	"frame.people.role.viewer": "darf ansehen",
	"frame.people.role.commenter": "darf kommentieren",
	"frame.people.role.owner": "verwaltet den Raum",
	"frame.people.idle": "gerade nicht da",
	"frame.people.here": "hier",

	"frame.follow.start": "{name} folgen",
	"frame.follow.now": "Du folgst {name}.",
	"frame.follow.ends": "Endet, sobald du hier etwas tust.",
	"frame.follow.gone": "{name} ist gerade nicht hier.",
	"frame.follow.stop": "Nicht mehr folgen",
	"frame.follow.end": "Ende",
	"frame.follow.you": "folgt dir",

	"frame.call": "Alle herholen",
	"frame.call.by": "{name} bittet alle herzukommen.",
	"frame.call.done": "Alle wurden gebeten, zu dir zu kommen.",
	"frame.hand.raise": "Hand heben",
	"frame.hand.lower": "Hand senken",
	"frame.hand.up": "Hand gehoben",
	"frame.hand.isUp": "{name} hat die Hand gehoben",
	"frame.hand.isUpAmong": "{name} hat die Hand gehoben: {count} sind oben",

	"frame.me": "Dein Name und deine Farbe",
	"frame.me.edit": "{name}: Name und Farbe ändern",
	"frame.me.name": "Dein Name",
	"frame.me.color": "Deine Farbe",
	"frame.color.red": "Rot",
	"frame.color.orange": "Orange",
	"frame.color.ochre": "Ocker",
	"frame.color.green": "Grün",
	"frame.color.teal": "Blaugrün",
	"frame.color.petrol": "Petrol",
	"frame.color.blue": "Blau",
	"frame.color.violet": "Violett",
	"frame.color.purple": "Lila",
	"frame.color.pink": "Rosa",
	"frame.me.save": "Speichern",
	"frame.me.note": "Alle in deinen Räumen sehen es.",
	"frame.me.memberNote": "Dein Name ist der deines Kontos; die Farbe kannst du wählen.",
	"frame.me.empty": "Ein Name braucht mindestens einen Buchstaben.",
	"frame.me.failed": "Der Server hat es nicht angenommen. Bitte versuch es noch einmal.",

	"frame.notify": "Auf diesem Gerät benachrichtigen",
	"frame.notify.note":
		"Wenn jemand @ und deinen Namen schreibt, und bei neuen Fotos, während du woanders bist.",
	"frame.notify.insecure":
		"Browser erlauben das nur bei einer Adresse mit TLS (https), bei dieser nicht.",
	"frame.notify.unsupported": "Dieser Browser hat keine Benachrichtigungen.",
	"frame.notify.blocked":
		"Für diese Seite gesperrt: Erlaube Benachrichtigungen erst in den Einstellungen des Browsers.",
	"frame.notify.mention": "{name} in {room}",

	"frame.share": "Teilen",
	"frame.share.title": "Hol jemanden dazu",
	"frame.share.edit": "Link zum Bearbeiten",
	"frame.share.editMeans": "Wer ihn hat, kann den Raum lesen und ändern.",
	"frame.share.view": "Link zum Ansehen",
	"frame.share.viewMeans":
		"Öffnet den Raum nur zum Ansehen. Er ist kein Schloss: Wer weiß, wie, kann trotzdem ändern.",
	"frame.share.copy.edit": "Link kopieren",
	"frame.share.copy.view": "Link zum Ansehen kopieren",
	"frame.share.same": "Link",
	"frame.share.sameMeans": "Wer ihn hat, kommt herein wie du.",
	"frame.share.copy.same": "Link kopieren",
	"frame.share.qr.same": "QR-Code des Links",
	"frame.share.copied": "Kopiert",
	"frame.share.copyFailed": "Drück Strg+C zum Kopieren",
	"frame.share.send": "Senden …",
	"frame.share.qr.edit": "QR-Code des Links zum Bearbeiten",
	"frame.share.qr.view": "QR-Code des Links zum Ansehen",
	"frame.share.qrOf": "QR-Code von",
	"frame.share.larger": "Groß zeigen",
	"frame.share.scan": "Mit Telefon oder Tablet scannen: Ein Konto braucht es nicht.",
	"frame.share.guessable": "Wer den Namen „{name}“ errät, kann hinein.",
	"frame.share.guessableIn": "Wer hier ein Konto hat und den Namen „{name}“ errät, kann hinein.",
	"frame.share.scanIn": "Mit Telefon oder Tablet scannen und dort anmelden.",
	"frame.share.network": "Das ist deine Adresse im Netz: Andere müssen im selben Netz sein.",
	"frame.share.local":
		"Diese Adresse gilt nur auf diesem Computer. Starte Weft mit --lan, um andere einzuladen.",

	"frame.locked.viewer": "Du kannst hier nur ansehen.",
	"frame.locked.commenter": "Du kannst hier nur kommentieren.",
	"frame.locked.now": "Du kannst hier gerade nicht schreiben.",

	"frame.theme": "Farben",
	"frame.theme.system": "Farben: wie das System",
	"frame.theme.light": "Farben: hell",
	"frame.theme.dark": "Farben: dunkel",

	"frame.language": "Sprache",

	"frame.light.name": "Wo deine Änderungen sind",
	"frame.light.loading": "Wird geöffnet",
	"frame.light.loadingDetail": "Der Raum wird vom Server geholt.",
	"frame.light.device": "Auf diesem Gerät",
	"frame.light.deviceDetail":
		"Du siehst die Kopie auf diesem Gerät. Der Server schweigt noch; gesendet wird später.",
	"frame.light.saving": "Wird gesendet",
	"frame.light.savingDetail":
		"Deine letzten Änderungen sind auf dem Weg zur Festplatte des Servers.",
	"frame.light.savedAt": "Gespeichert {time}",
	"frame.light.savedDetail": "Alle deine Änderungen sind auf der Festplatte des Servers.",
	"frame.light.sent": "Gesendet",
	"frame.light.sentDetail":
		"Deine Änderungen wurden gesendet. Ob sie gespeichert sind, sagt dieser Server nicht.",
	"frame.light.offline": "Offline",
	"frame.light.offlineWaiting.one": "Offline – 1 Änderung wartet",
	"frame.light.offlineWaiting.other": "Offline – {count} Änderungen warten",
	"frame.light.offlineDetail":
		"Es gibt keine Verbindung zum Server. Mach weiter: Später wird alles zusammengeführt.",
	"frame.light.photos.one": "1 Foto wird gesendet",
	"frame.light.photos.other": "{count} Fotos werden gesendet",
	"frame.light.photosDetail": "Alles andere ist gespeichert. Diese Fotos sind noch unterwegs:",
	"frame.light.photosWait.one": "1 Foto ist noch nicht auf dem Server:",
	"frame.light.photosWait.other": "{count} Fotos sind noch nicht auf dem Server:",
	"frame.light.readOnly": "Nicht gespeichert",
	"frame.light.diskFull": "Nicht gespeichert: Festplatte voll",
	"frame.light.refused": "Angehalten",
	"frame.light.waiting.one": "1 Änderung ist noch nicht auf dem Server.",
	"frame.light.waiting.other": "{count} Änderungen sind noch nicht auf dem Server.",
	"frame.light.copyKept": "Eine Kopie liegt auf diesem Gerät.",
	"frame.light.copyOpening": "Die Kopie auf diesem Gerät wird gelesen.",
	"frame.light.copyOff":
		"Dieser Browser hebt keine Kopie auf. Bleib auf der Seite, bis alles gespeichert ist.",
	"frame.light.noTls":
		"Diese Adresse hat kein TLS: Ohne Netz kann die App hier nicht öffnen. Alles andere geht.",
	"frame.light.tryNow": "Jetzt versuchen",
	"frame.notice.viewing": "Link zum Ansehen: Du kannst alles ansehen und nichts ändern.",
	"frame.refused.gone": "Diesen Raum gibt es nicht mehr: Der Server hat ihn nicht.",
	"frame.refused.old": "Weft wurde erneuert: Lade diese Seite neu, um weiterzumachen.",
	"frame.notice.neverSeen":
		"Dieser Raum war auf diesem Gerät noch nie offen: Sein Inhalt kommt mit dem Netz.",
	"frame.light.reload": "Neu laden",
	"frame.light.keepFile": "Meine Kopie als Datei",
	"frame.light.signIn": "Anmelden",
	"frame.light.startAgain": "Neu beginnen",
	"frame.light.startAgainTitle": "Mit dem Stand des Servers neu beginnen?",
	"frame.light.startAgainText":
		"Was nur auf diesem Gerät ist, geht verloren. Sichere vorher deine Kopie als Datei.",

	"frame.help": "Tastenkürzel",
	"frame.help.everywhere": "Überall",
	"frame.help.surfaces": "Dokument, Tafel, Chat, Fotos",
	"frame.help.panes": "Nächster Teil, voriger Teil",
	"frame.help.chat": "Im Chat schreiben",
	"frame.help.hand": "Hand heben, senken",
	"frame.help.undo": "Rückgängig, wiederholen",
	"frame.help.close": "Oberstes schließen",
	"frame.help.this": "Diese Liste",
	"frame.help.style": "Fett, kursiv, unterstrichen",
	"frame.help.findNext": "Nächste Fundstelle, vorige",
	"frame.help.headings": "Überschriften",
	"frame.help.paragraph": "Einfacher Absatz",
	"frame.help.lists": "Nummern, Punkte, Aufgaben",
	"frame.help.tick": "Aufgabe abhaken",
	"frame.help.indent": "Einrücken, ausrücken",
	"frame.help.indentList": "Dasselbe in einer Liste",
	"frame.help.toolbar": "Zu den Werkzeugen, Esc zurück",
	"frame.help.space": "Gedrückt das Blatt verschieben",
	"frame.help.zoom": "Vergrößern, verkleinern",
	"frame.help.fit": "100 Prozent, alles zeigen",
	"frame.help.fitChosen": "Zeigen, was ausgewählt ist",
	"frame.help.page": "Eine Seite nach oben, nach unten",
	"frame.help.all": "Alles auswählen",
	"frame.help.nudge": "Ausgewähltes verschieben",
	"frame.help.nudgeFar": "Dasselbe, weiter",
	"frame.help.clipboard": "Kopieren, ausschneiden, einfügen",
	"frame.help.delete": "Ausgewähltes löschen",
	"frame.help.newLine": "Neue Zeile",
	"frame.help.mention": "Jemanden erwähnen",
	"frame.help.correct": "Letzte Nachricht berichtigen",
	"frame.help.messages": "Zu den Nachrichten, ↑ und ↓ dazwischen",
	"frame.help.nextPhoto": "Voriges Foto, nächstes Foto",
	"frame.help.single": "Einzelne Tasten",
	"frame.help.singleNote": "Aus: Kein Zeichen tut etwas ohne Strg oder Alt.",
	"frame.key.ctrl": "Strg",
	"frame.key.shift": "Umschalt",
	"frame.key.enter": "Eingabe",
	"frame.key.space": "Leertaste",
	"frame.key.delete": "Entf",
	"frame.key.backspace": "Rücktaste",
};
