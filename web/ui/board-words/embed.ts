/** English strings of a board alone in a frame: `embed.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const embedMessages = addEnglish({
	"embed.open": "Open the whole room in a tab",
	"embed.talk": "Open the whole room to talk about it.",
});
