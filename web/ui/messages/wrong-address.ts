/** English strings of where an address leads nowhere. */
import { addEnglish } from "../language.ts";

/** See above. */
export const addressMessages = addEnglish({
	"frame.bad.title": "This cannot be the name of a room",
	"frame.bad.text":
		"“{name}” cannot be a room's name: up to 128 bytes, without / ? # % \\ or control characters.",
	"frame.unknown.title": "There is nothing at this address",
	"frame.unknown.text": "The link may be cut off. Ask whoever sent it to share it again.",
});
