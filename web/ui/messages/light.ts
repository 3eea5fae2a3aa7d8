/** English strings of the light, and of what is said where nothing is saved. */
import { addEnglish } from "../language.ts";

/** See above. */
export const lightMessages = addEnglish({
	"frame.light.loading": "Opening",
	"frame.light.loadingDetail": "The room is being fetched from the server.",
	"frame.light.device": "On this device",
	"frame.light.deviceDetail":
		"You see the copy on this device. The server has not answered yet; go on, it is sent later.",
	"frame.light.saving": "Sending",
	"frame.light.savingDetail": "Your last changes are on their way to the server's disk.",
	"frame.light.savedAt": "Saved {time}",
	"frame.light.savedDetail": "All your changes are on the server's disk.",
	"frame.light.sent": "Sent",
	"frame.light.sentDetail":
		"Your changes were sent. This server does not say whether they are on its disk.",
	"frame.light.offlineWaiting.one": "Offline – 1 change waiting",
	"frame.light.offlineWaiting.other": "Offline – {count} changes waiting",
	"frame.light.offlineDetail":
		"There is no connection to the server. Go on working: everything is merged when it is back.",
	"frame.light.photos.one": "Sending 1 photo",
	"frame.light.photos.other": "Sending {count} photos",
	"frame.light.photosDetail": "Everything else is saved. These photos are still on their way:",
	"frame.light.photosWait.one": "1 photo is not on the server yet:",
	"frame.light.photosWait.other": "{count} photos are not on the server yet:",
	"frame.light.readOnly": "Not saved",
	"frame.light.diskFull": "Not saved: disk full",
	"frame.light.refused": "Stopped",
	"frame.light.copyKept": "A copy is kept on this device.",
	"frame.light.copyOpening": "The copy on this device is being read.",
	"frame.light.noTls":
		"This address has no TLS, so the app cannot open here without a network. All else works.",
	"frame.refused.gone": "This room is gone: the server no longer has it.",
	"frame.refused.old": "Weft was updated: reload this page to go on.",
	"frame.light.keepFile": "Keep my copy as a file",
	"frame.light.signIn": "Sign in",
	"frame.light.startAgain": "Start again",
	"frame.light.startAgainTitle": "Start again from the server's state?",
	"frame.light.startAgainText":
		"What is only on this device will be gone. Keep your copy as a file first if you need it.",
});
