/** English strings of what finds and replaces in a document. Keys begin with `text.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const findWords = addEnglish({
	"text.findNext": "Next",
	"text.findPrevious": "Previous",
	"text.findExact": "Match case",
	"text.findExactSign": "Aa",
	"text.findCount": "{current} of {count}",
	"text.findNone": "Not found",
	"text.replaceWith": "Replace with",
	"text.replaceOne": "Replace",
	"text.replaceAll": "All",
	"text.findMore": "{current} of {count}+",
	"text.replaced.one": "1 replaced",
	"text.replaced.other": "{count} replaced",
});
