/** What the first visit costs in bytes, counted as they come from the network, by file. */
import type { Page } from "playwright-core";
import type { Stage } from "../drive/stage.ts";
import type { Finding, Scenario, Shape } from "../scenarios/scenario.ts";
import { House } from "./house.ts";
import type { SlowPerson } from "./person.ts";

const kib = 1_024;
/** A phone shows one surface at a time: what it loads is what that one needs. */
const phone = { width: 390, height: 844 };

interface LoadedFile {
	readonly name: string;
	readonly bytes: number;
}

/** What a person does until all is there that is counted. */
type Visit = (house: House, person: SlowPerson) => Promise<void>;

const visits: Readonly<Record<string, Visit>> = {
	"board page": async (house, person) => {
		await onlyWhatIsNeeded(person.page);
		await person.open(house.newRoom("board"));
		await person.placeOnBoard(0, 0);
		await person.drawAtOnce();
	},
	"document page": async (house, person) => {
		await onlyWhatIsNeeded(person.page);
		await person.open(house.newRoom("document"));
		await person.goToEnd();
	},
	"all of a room": async (house, person) => {
		await person.open(house.newRoom());
		await person.drawAtOnce();
		const { page } = person;
		const names = ["weft-editor", "weft-board", "weft-chat", "weft-photos"];
		const areAllHere = (all: readonly string[]) => all.every((one) => customElements.get(one));
		await page.waitForFunction(areAllHere, names);
	},
};

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const visit = visits[shape.label];
	if (visit === undefined) throw new Error(`nobody visits ${shape.label}`);
	const house = await House.open(stage);
	try {
		const person = await house.arrive();
		const files: Promise<LoadedFile>[] = [];
		// The worker that keeps the app for days without a network would answer for it.
		await person.page.addInitScript("delete Navigator.prototype.serviceWorker;");
		person.context.on("requestfinished", (request) => {
			const name = nameOf(request.url());
			files.push(request.sizes().then(({ responseBodySize: bytes }) => ({ name, bytes })));
		});
		await visit(house, person);
		await person.page.waitForLoadState("networkidle");
		const loaded = (await Promise.all(files)).toSorted((one, other) => other.bytes - one.bytes);
		const bytes = loaded.reduce((sum, file) => sum + file.bytes, 0);
		const notes = loaded.map((file) => `${file.name}: ${(file.bytes / kib).toFixed(1)} KiB`);
		return { figures: { kib: bytes / kib, files: loaded.length }, notes, refusal: null };
	} finally {
		await house.close();
	}
}

/** What comes when the browser has nothing better to do never comes: it is no part of the page. */
async function onlyWhatIsNeeded(page: Page): Promise<void> {
	await page.setViewportSize(phone);
	await page.addInitScript(() => {
		globalThis.requestIdleCallback = () => 0;
	});
}

/** `room.js` of `https://host/assets/room-B2kq_w91.js`. */
function nameOf(url: string): string {
	const { pathname } = new URL(url);
	const file = pathname.slice(pathname.lastIndexOf("/") + 1).replace(/-[\w-]{8}(\.\w+)$/, "$1");
	return pathname.startsWith("/assets/") ? file : pathname;
}

const shapes: readonly Shape[] = Object.keys(visits).map((label) => {
	return { label, count: 1, rate: 0, seconds: 0 };
});

/** Board page, document page, all of a room. */
export const feltLoad: Scenario = {
	name: "felt-load",
	title: "The first visit, in bytes",
	about:
		"Somebody with a fresh profile opens a room. Counted is the body of every answer as it came " +
		"over the network, brotli where the server has it. A page is what a phone needs to show one " +
		"surface and take the first stroke or key; all of a room is what a desk loads until nothing " +
		"more comes, each surface with it.",
	measures: [
		{ key: "kib", label: "KiB", better: "less" },
		{ key: "files", label: "files", better: "less", isContext: true },
	],
	shapes,
	quickShapes: shapes.slice(0, 1),
	repeatsMax: 1,
	runSeconds: 6,
	needs: "page",
	isAlone: true,
	usesAllCores: true,
	run,
};
