/** English strings of the box in which a link is changed. Keys begin with `text.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const linkWords = addEnglish({
	"text.linkAddress": "Address",
	"text.linkApply": "Save",
	"text.linkOpen": "Open {link} in a new tab",
	"text.linkEdit": "Change the link",
	"text.linkRemove": "Remove the link",
	"text.linkRefused": "A link needs a web, mail or telephone address.",
	"text.linkPlaceholder": "https://",
});
