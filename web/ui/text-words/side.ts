/** English strings of what stands beside a document, contents and authors: `text.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const sideWords = addEnglish({
	"text.contentsEmpty": "Headings show up here. Type # and a space to begin one.",
	"text.authorsNone": "Nothing written yet",
	"text.authorYou": "You",
	"text.authorEarlier": "Somebody, earlier",
});
