/** English strings of files that come into a document. Keys begin with `text.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const fileWords = addEnglish({
	"text.imported": "{name} is in the text now.",
	"text.importTooLarge": "{name} is larger than {size} MB, so it was not added.",
	"text.importUnreadable": "{name} is not a text that can be read, so it was not added.",
	"text.importNoDocument": "There is no document in {name}, so nothing was added.",
});
