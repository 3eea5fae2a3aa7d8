/** German strings of signing in and out. */
import type { accountMessages } from "../messages/account.ts";

/** For every key of the English table, and for no other. */
export const accountGerman: Readonly<Record<keyof typeof accountMessages, string>> = {
	"account.signIn": "Anmelden",
	"account.signOut": "Abmelden",
	"account.signOutEverywhere": "Überall abmelden",
	"account.signOutFailed": "Der Server antwortet nicht: Du bist noch angemeldet.",
	"account.admin": "Server betreiben",
	"account.as": "Angemeldet als {name}",
	"account.guest": "Du bist hier zu Gast. Mit einem Konto bist du auf jedem Gerät dieselbe Person.",
	"account.name": "Name des Kontos",
	"account.password": "Passwort",
	"account.passwordNote": "Mindestens 8 Zeichen. Niemand kann es dir später sagen: Merk es dir.",
	"account.change": "Passwort ändern",
	"account.present": "Jetziges Passwort",
	"account.next": "Neues Passwort",
	"account.invitation": "Einladung",
	"account.comesAlong": "Was du hier als Gast gemacht hast, bleibt deins.",
	"account.members": "Dieser Server ist für seine Mitglieder. Melde dich an, um hereinzukommen.",
	"account.membersNew":
		"Dieser Server ist für seine Mitglieder. Leg ein Konto an, um dabei zu sein.",
	"account.operator": "Kein Konto, oder Passwort verloren? Frag, wer diesen Server betreibt.",
	"account.new": "Konto anlegen",
	"account.toNew": "Ich habe noch kein Konto",
	"account.toKnown": "Ich habe ein Konto",
	"account.empty": "Bitte füll alle Felder aus.",
	"account.unreachable": "Der Server antwortet nicht. Bitte versuch es noch einmal.",
};
