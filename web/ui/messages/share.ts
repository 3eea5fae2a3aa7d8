/** English strings of the dialog that brings others in. Keys begin with `frame.share.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const shareMessages = addEnglish({
	"frame.share.title": "Bring somebody in",
	"frame.share.edit": "Edit link",
	"frame.share.editMeans": "Whoever has it can read and change the room.",
	"frame.share.view": "View link",
	"frame.share.viewMeans":
		"Opens the room for viewing only. It is not a lock: anyone who knows how can still edit.",
	"frame.share.copy.edit": "Copy link",
	"frame.share.copy.view": "Copy view link",
	"frame.share.same": "Link",
	"frame.share.sameMeans": "Whoever has it comes in as you did.",
	"frame.share.copy.same": "Copy link",
	"frame.share.qr.same": "QR code of the link",
	"frame.share.copied": "Copied",
	"frame.share.copyFailed": "Press Ctrl+C to copy",
	"frame.share.send": "Send…",
	"frame.share.qr.edit": "QR code of the edit link",
	"frame.share.qr.view": "QR code of the view link",
	"frame.share.qrOf": "QR code of",
	"frame.share.larger": "Show it large",
	"frame.share.scan": "Scan it with a phone or tablet: no account is needed.",
	"frame.share.guessable": "Anyone who guesses the name “{name}” can come in.",
	"frame.share.guessableIn": "Any member who guesses the name “{name}” can come in.",
	"frame.share.scanIn": "Scan it with a phone or tablet, and sign in there.",
	"frame.share.network": "This is your address on the network: others must be on the same one.",
	"frame.share.local":
		"This address works on this computer only. Start Weft with --lan to invite others.",
});
