/** Programs that the tests need beside npm's packages: found, or installed where apt is there. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run, StepError, say, timed } from "./process.mjs";

/** The path of the first of some programs; null where none of them is installed. */
export function findProgram(names) {
	// Servers stand where only root looks by itself.
	const folders = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), "/usr/sbin"];
	const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return paths.find(isProgram) ?? null;
}

/** True for a file that can be started. */
export function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false; // Not there, or not to be started: both mean "look on".
	}
}

/** True where `installPackages` has what it needs: we are root, and apt is there. */
export function canInstall() {
	const hasApt = spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
	return hasApt && process.getuid?.() === 0;
}

/** Installs packages of Debian and says `done`, or says why it could not. */
export async function installPackages(done, packages) {
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	const args = ["install", "-y", "--no-install-recommends", ...packages];
	try {
		await timed(done, async () => {
			await run("apt-get", ["update"], { env });
			await run("apt-get", args, { env });
		});
	} catch (error) {
		if (!(error instanceof StepError)) throw error;
		say(error.message);
	}
}
