import { openLevelStore } from "../../../server/store/level-store.ts";
import { recordsContract } from "../../contracts/records.ts";
import { roomLogContract } from "../../contracts/room-log.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";

roomLogContract("LevelDB", async (directory, options) => {
	const { log, records } = await openLevelStore({ directory, acceptDamage: false, ...options });
	await records.close();
	return log;
});

recordsContract("LevelDB", async (directory) => {
	const clock = new ManualClock();
	const options = { directory, clock, historyMs: 0, acceptDamage: false };
	const { log, records } = await openLevelStore(options);
	await log.close();
	return records;
});
