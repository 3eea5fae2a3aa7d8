/** `npm run restore`: puts a backup back. See `--help`. */
import { run } from "./ending.ts";
import { restoreHelp } from "./options.ts";
import { putBack } from "./put-back.ts";

run("restore", restoreHelp, async (options, { say, progress }) => {
	const { madeAtMs, roomCount, photoCount, damagedCount, aside } = await putBack(options, progress);
	if (aside !== null) say(`what was there before is in ${aside}`);
	if (damagedCount > 0) {
		say(`${damagedCount} entries are damaged: npm run doctor -- ${options.dataDir}`);
	}
	const of = new Date(madeAtMs).toISOString();
	say(`restored ${roomCount} rooms and ${photoCount} photos of ${of} to ${options.dataDir}`);
	say("Start with WEFT_HEAL=on until everybody has been back: who holds more brings it along.");
	return damagedCount === 0 ? 0 : 1;
});
