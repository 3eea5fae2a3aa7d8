/** `npm run screens`: every state of the app as a picture, on one contact sheet. See `--help`. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { launchChromium } from "./converge/screen/chromium.ts";
import { makeDataDir, startServer } from "./replay/server.ts";
import { fillRooms } from "./screens/content.ts";
import { help, readOptions } from "./screens/options.ts";
import { takePicture } from "./screens/picture.ts";
import { renderSheet } from "./screens/sheet.ts";
import { type Place, type Shot, screens, shoot } from "./screens/shoot.ts";
import { states } from "./screens/states.ts";
import type { State } from "./screens/ways.ts";

/** Each of the people who are there listens for the end of the process (y-websocket). */
process.setMaxListeners(40);

async function main(): Promise<number> {
	const { isHelp, folder, only, picture } = readOptions(process.argv.slice(2));
	if (isHelp) {
		process.stdout.write(help);
		return 0;
	}
	if (picture !== null) {
		await atWeft(({ browser, url }) => takePicture(browser, url, resolve(picture)));
		return 0;
	}
	const wanted = states.filter(
		({ name }) => only.length === 0 || only.some((start) => name.startsWith(start)),
	);
	if (wanted.length === 0) throw new Error("No state is called so.");
	const shots = await shootAll(wanted, resolve(folder));
	const missing = shots.filter(({ problem }) => problem !== null);
	for (const { file, problem } of missing) process.stdout.write(`${file}: ${problem}\n`);
	process.stdout.write(
		`${shots.length - missing.length} pictures: ${resolve(folder)}/index.html\n`,
	);
	return missing.length === 0 ? 0 : 1;
}

async function shootAll(wanted: readonly State[], folder: string): Promise<Shot[]> {
	await mkdir(folder, { recursive: true });
	return atWeft(async ({ browser, url }) => {
		const leave = await fillRooms(url);
		try {
			const place: Place = { browser, url, folder };
			const shots: Shot[] = [];
			for (const state of wanted) {
				process.stderr.write(`${state.name}\n`);
				for (const screen of screens) shots.push(...(await shoot(state, screen, place)));
				await writeFile(join(folder, "index.html"), renderSheet(shots));
			}
			return shots;
		} finally {
			leave();
		}
	});
}

/** Does it with a server of its own, which has nothing, and a browser. */
async function atWeft<Done>(
	act: (at: Pick<Place, "browser" | "url">) => Promise<Done>,
): Promise<Done> {
	const dataDir = await makeDataDir();
	const server = await startServer(dataDir.path);
	const browser = await launchChromium();
	try {
		return await act({ browser, url: server.url });
	} finally {
		await browser.close();
		await server.stop();
		await dataDir.drop();
	}
}

main().then(
	(exitCode) => process.exit(exitCode),
	(error: unknown) => {
		process.stderr.write(`screens: ${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
