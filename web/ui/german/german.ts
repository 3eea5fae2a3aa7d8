/**
 * All words in German, fetched only where they are wanted. The compiler finds a string that is
 * missing and one that is too many: each table is typed by the English one.
 */
import { accountGerman } from "./account.ts";
import { boardGerman } from "./board.ts";
import { carryGerman } from "./carry.ts";
import { chatGerman } from "./chat.ts";
import { chooseGerman } from "./choose.ts";
import { clearedGerman } from "./cleared.ts";
import { deviceGerman } from "./device.ts";
import { failuresGerman } from "./failures.ts";
import { frameGerman } from "./frame.ts";
import { photoGerman } from "./photos.ts";
import { rightsGerman } from "./rights.ts";
import { shapeGerman } from "./shapes.ts";
import { textGerman } from "./text.ts";

/** What `messages.ts` speaks from; informal and short. */
export const german = {
	messages: {
		...frameGerman,
		...textGerman,
		...boardGerman,
		...shapeGerman,
		...carryGerman,
		...clearedGerman,
		...chooseGerman,
		...chatGerman,
		...photoGerman,
		...deviceGerman,
		...accountGerman,
		...rightsGerman,
	},
	sentences: failuresGerman,
};
