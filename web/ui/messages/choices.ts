/** English strings of what holds for all pages of this device: colours and language. */
import { addEnglish } from "../language.ts";

/** See above. */
export const choiceMessages = addEnglish({
	"frame.theme": "Colours",
	"frame.theme.system": "Colours: as the system",
	"frame.theme.light": "Colours: light",
	"frame.theme.dark": "Colours: dark",
	"frame.language": "Language",
});
