/** The proxies that some tests stand behind: Debian's nginx and Caddy, where they are there. */
import { canInstall, findProgram, installPackages } from "./debian.mjs";
import { say } from "./process.mjs";

const programs = ["nginx", "caddy", "openssl"];
const packages = ["nginx-light", "caddy", "openssl"];

/**
 * Says which of the programs are missing, and gives their names. They are installed only where
 * nothing may be left out (`WEFT_REQUIRE=all`): Debian starts the servers that it installs, and
 * nobody who runs tests at home has asked for one at port 80.
 */
export async function ensureProxies() {
	const isStrict = process.env.WEFT_REQUIRE === "all";
	if (missing().length > 0 && isStrict && canInstall()) {
		await installPackages("installed nginx and Caddy", packages);
	}
	const names = missing();
	if (names.length > 0) {
		say(`cannot run without ${names.join(", ")}: parts of test/scenarios/reach.test.ts`);
	}
	return names;
}

function missing() {
	return programs.filter((name) => findProgram([name]) === null);
}
