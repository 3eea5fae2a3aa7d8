/** English strings of signing in and out. Keys begin with `account.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const accountMessages = addEnglish({
	"account.signIn": "Sign in",
	"account.signOut": "Sign out",
	"account.signOutEverywhere": "Sign out everywhere",
	"account.signOutFailed": "The server does not answer: you are still signed in.",
	"account.admin": "Run this server",
	"account.as": "Signed in as {name}",
	"account.guest": "You are a guest here. With an account you are the same person on every device.",
	"account.name": "Name of the account",
	"account.password": "Password",
	"account.passwordNote": "At least 8 characters. Keep it safe: nobody can look it up for you.",
	"account.change": "Change password",
	"account.present": "Current password",
	"account.next": "New password",
	"account.invitation": "Invitation",
	"account.comesAlong": "What you made here as a guest stays yours.",
	"account.members": "This server is for its members. Sign in to come in.",
	"account.membersNew": "This server is for its members. Make an account to come in.",
	"account.operator": "No account, or a lost password? Ask whoever runs this server.",
	"account.new": "Make an account",
	"account.toNew": "I have no account yet",
	"account.toKnown": "I have an account",
	"account.empty": "Please fill in every field.",
	"account.unreachable": "The server does not answer. Please try again.",
});
