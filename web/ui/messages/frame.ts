/** English strings of every page and of the room's frame. Keys begin with `frame.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const frameMessages = addEnglish({
	"frame.name": "Weft",
	"frame.close": "Close",
	"frame.cancel": "Cancel",
	"frame.tryAgain": "Try again",
	"frame.faultId": "Whoever runs this server can look it up: {id}",
	"frame.justNow": "just now",
	"frame.card.untitled": "Untitled room",
	"frame.deviceLink": "What this device keeps",
	"frame.connectionLink": "Test the connection",
	"frame.goHome": "Go to all rooms",

	"frame.home.newRoom": "New room",

	"frame.room.title": "Title of the room",
	"frame.room.surfaces": "Parts of the room",
	"frame.room.document": "Document",
	"frame.room.board": "Board",
	"frame.room.chat": "Chat",
	"frame.room.photos": "Photos",
	"frame.room.split": "Document and board side by side",
	"frame.room.divider": "Width of the document",
	"frame.room.unread": "{count} unread",
	"frame.room.closeChat": "Close the chat",
	"frame.room.menu": "More",
	"frame.room.surfaceMissing": "This part could not be loaded.",
	"frame.room.openKindNote":
		"Another program made this room. Everything in it is shown as well as Weft can.",

	"frame.page.missing": "This page could not be loaded",
	"frame.page.missingText":
		"The network may be down, or Weft was updated meanwhile. Your work on this device is kept.",
	"frame.page.waiting": "The server is slow to answer",
	"frame.page.waitingText": "You need not do anything: the room opens as soon as it does.",
	"frame.newVersion": "A newer Weft is ready. Your work stays as it is.",
	"frame.newVersion.use": "Reload",

	"frame.share": "Share",

	"frame.locked.viewer": "You can only look here.",
	"frame.locked.commenter": "You can only comment here.",
	"frame.locked.now": "You cannot write here now.",

	"frame.light.name": "Where your changes are",
	"frame.light.offline": "Offline",
	"frame.light.waiting.one": "1 change is not on the server yet.",
	"frame.light.waiting.other": "{count} changes are not on the server yet.",
	"frame.light.copyOff": "This browser keeps no copy. Stay on this page until everything is saved.",
	"frame.light.tryNow": "Try now",
	"frame.notice.viewing": "View link: you can look at everything, but change nothing.",
	"frame.notice.neverSeen":
		"This room was never opened on this device: what is in it comes when the network is back.",
	"frame.light.reload": "Reload",

	"frame.help": "Keyboard shortcuts",

	"frame.key.ctrl": "Ctrl",
	"frame.key.shift": "Shift",
	"frame.key.enter": "Enter",
	"frame.key.space": "Space",
	"frame.key.delete": "Delete",
	"frame.key.backspace": "Backspace",
});
