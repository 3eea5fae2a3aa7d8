/** `npm run backup`: copies what a server keeps, also while it runs. See `--help`. */
import { run } from "./backup/ending.ts";
import { makeBackup } from "./backup/make.ts";
import { backupHelp } from "./backup/options.ts";

run("backup", backupHelp, async (options, { say, progress }) => {
	const backup = await makeBackup(options, progress);
	const { roomCount, photoCount, entryCount, damagedCount, missing } = backup;
	for (const path of missing) say(`missing: ${path}`);
	if (damagedCount > 0) say(`damaged: ${damagedCount} entries, copied as they are`);
	const beside = backup.isServed ? ", beside the server" : "";
	const what = `${roomCount} rooms, ${photoCount} photos, ${entryCount} entries`;
	say(`copied ${what}${beside} to ${options.folder}`);
	return damagedCount === 0 && missing.length === 0 ? 0 : 1;
});
