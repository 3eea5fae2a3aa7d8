/** Starts the app: who we are, what the address says, and the page that shows it. */
import { html, nothing, render, type TemplateResult } from "lit";
import type { SurfaceName } from "../shared/awareness.ts";
import type { Millis } from "../shared/clock.ts";
import { mintRoomName, type RoomName } from "../shared/ids.ts";
import { fetchMe } from "./api.ts";
import { identify } from "./pages/identity.ts";
import { firstPanes, preload } from "./pages/room/first-look.ts";
import { isHere } from "./pages/room/surfaces.ts";
import { type Route, Router } from "./pages/router.ts";
import { wordsPage } from "./pages/words-page.ts";
import { appBase, isBoardAlone, isViewAddress, roomPath, visitToken } from "./sync/base.ts";
import { browserClock } from "./sync/clock.ts";
import { untilItComes } from "./sync/later.ts";
import { deviceMemory, Me, newcomer } from "./sync/me.ts";
import { randomBytes } from "./sync/random.ts";
import { whenIdle } from "./ui/idle.ts";
import { spokenLanguage, wantedLanguage } from "./ui/language.ts";
import { logo } from "./ui/logo.ts";
import { speak, t } from "./ui/messages.ts";
import { recallSingleKeys } from "./ui/shortcuts.ts";
import { chosenTheme, showTheme } from "./ui/theme.ts";

/** Who was here before is shown their rooms without waiting longer for a server that is slow. */
const identityMsMax = 1_000;

/** A page that did not come is asked for again after this, then after twice as long, and so on. */
const firstRetryMs: Millis = 1_000;
const retryMsMax: Millis = 30_000;

/** Who waits longer for a room than this is told for what. */
const silentMsMax = 3_000;

const memory = deviceMemory();
/** Whom a page around this one sent is nobody that this device knows: its own people stay. */
const me = new Me(visitToken() === null ? memory : null);
const root = document.querySelector<HTMLElement>("#weft");
const router = new Router(appBase(), (route) => open(route, firstRetryMs), makeRoom);
/** What was asked for last: an answer that comes late must not replace a newer page. */
let shownRoute: Route | null = null;
/** Whose visit of which room stands on the page, or stood there last. */
let shownVisit = "";
/** True where the server wants us to sign in first. */
let isOutside = false;
/** The room that this page made last, until it is shown: what is in it later may be others'. */
let madeRoom: RoomName | null = null;

/** Resolves when the words are there: no page is shown in one language first, then in another. */
const spoken = speakAsWished();
showTheme(chosenTheme(memory));
recallSingleKeys(memory);
addEventListener("storage", () => {
	if (!me.readAgain()) location.reload(); // Signed out in another tab.
	recallSingleKeys(memory);
	showTheme(chosenTheme(memory));
});

/** True once that is so, and the words are there. */
let isKnown = false;
/** Resolves when the server has told who we are, or cannot. The cookie is there then too. */
const identified = learnWhoWeAre();
void Promise.all([identified, spoken]).then(() => {
	isKnown = true;
});

let knownId = me.person.id;
/** How often another person took the place of the one before, on this page. */
let turnCount = 0;
me.onChange(({ id }) => {
	const isSomebodyElse = knownId !== newcomer.id && knownId !== id;
	knownId = id;
	if (isOutside) return letIn();
	if (!isSomebodyElse) return;
	turnCount++;
	// Their copy of the room is another one: what the person before did here stays theirs.
	if (shownRoute?.page === "room") router.start();
});
document.addEventListener("weft-stranger", () => void learnWhoWeAre());

router.start();
whenIdle(async () => {
	const rest = await untilItComes(
		() => import("./pages/idle/every-page.ts"),
		() => false,
	);
	rest?.begin(identified);
});

function open(route: Route, retryMs: Millis): void {
	show(route).catch((error: unknown) => {
		console.warn("The page did not come:", error); // It says so itself.
		draw(route, notLoaded());
		browserClock.after(retryMs, () => {
			if (route === shownRoute) open(route, Math.min(2 * retryMs, retryMsMax));
		});
	});
}

async function show(route: Route): Promise<void> {
	shownRoute = route;
	if (isOutside) return showSignIn(route);
	switch (route.page) {
		case "home":
			await Promise.all([import("./pages/home.ts"), spoken]);
			whenIdle(warmRoom); // The next step is a room, most of the time.
			return draw(route, html`<weft-home .me=${me} .go=${go}></weft-home>`);
		case "room":
			return showRoom(route);
		case "device":
			await Promise.all([import("./pages/device.ts"), spoken]);
			return draw(route, html`<weft-device .me=${me}></weft-device>`);
		case "connection":
			await Promise.all([import("./pages/connection.ts"), identified, spoken]);
			return draw(route, html`<weft-connection .me=${me}></weft-connection>`);
		case "admin": {
			const [{ adminPage }] = await Promise.all([import("./pages/admin.ts"), identified, spoken]);
			return draw(route, await adminPage(me));
		}
		case "badName": {
			const [{ badName }] = await Promise.all([import("./pages/help/wrong-address.ts"), spoken]);
			return draw(
				route,
				badName(route.text, () => router.replace(makeRoom())),
			);
		}
		default: {
			const [{ nothingHere }] = await Promise.all([
				import("./pages/help/wrong-address.ts"),
				spoken,
			]);
			return draw(
				route,
				nothingHere(() => go("")),
			);
		}
	}
}

/** English where the table of another language cannot be had: it is always here. */
async function speakAsWished(): Promise<void> {
	const language = wantedLanguage(memory, navigator.languages);
	try {
		await speak(language, navigator.languages);
	} catch (error) {
		console.info("The words of this language cannot be had now:", error);
		await speak("en", navigator.languages);
	}
	document.documentElement.lang = spokenLanguage();
}

/** Where no server answers, the device's memory does; the network's return asks again. */
async function learnWhoWeAre(): Promise<void> {
	const isOnline = () => navigator.onLine;
	if (await identify({ me, ask: fetchMe, mustSignIn, clock: browserClock, isOnline })) return;
	addEventListener("online", () => void learnWhoWeAre(), { once: true });
}

/** The server lets in only those who sign in: whatever was asked for is shown behind that. */
function mustSignIn(): void {
	isOutside = true;
	router.start();
}

async function showSignIn(route: Route): Promise<void> {
	const [{ signInPage }] = await Promise.all([import("./pages/sign-in.ts"), spoken]);
	draw(route, signInPage(me, letIn));
}

/** Somebody signed in, in this tab or in another. */
function letIn(): void {
	if (!isOutside) return;
	isOutside = false;
	turnCount++;
	router.start();
}

function draw(route: Route, page: TemplateResult | typeof nothing): void {
	if (route !== shownRoute || root === null) return;
	root.querySelector(".weft-late")?.remove(); // The app is here.
	render(page, root);
}

function go(path: string): void {
	router.go(path);
}

async function showRoom(route: Route & { page: "room" }): Promise<void> {
	const isViewing = isViewAddress(location.search);
	if (isBoardAlone(location.search)) return showBoardAlone(route, isViewing);
	// Who comes from a page that has fetched all of it sees the room with the very next frame.
	if (!isRoomHere(route.surface)) await waitForRoom(route);
	if (route !== shownRoute) return;
	const visit = `${turnCount} ${route.room} ${isViewing}`;
	// Another room or person, another element: nothing of the one before stays on its surfaces.
	if (visit !== shownVisit) draw(route, nothing);
	shownVisit = visit;
	draw(
		route,
		html`<weft-room
			.me=${me}
			.room=${route.room}
			.asked=${route.surface}
			.isViewing=${isViewing}
			.isNew=${route.room === madeRoom}
			.note=${(path: string) => router.note(path)}
		></weft-room>`,
	);
	madeRoom = null;
}

/** True where nothing is waited for: what a page stands on was all there before, its words too. */
function isRoomHere(asked: SurfaceName | null): boolean {
	const isCodeHere = customElements.get("weft-room") !== undefined;
	return isKnown && isCodeHere && firstPanes(asked).every(isHere);
}

async function waitForRoom(route: Route & { page: "room" }): Promise<void> {
	let isWaiting = true;
	browserClock.after(silentMsMax, () => {
		void spoken.then(() => isWaiting && draw(route, noAnswerYet()));
	});
	try {
		await Promise.all([preloadRoom(route.surface), patiently(identified), spoken]);
	} finally {
		isWaiting = false;
	}
}

/** For a frame in somebody's page. */
async function showBoardAlone(route: Route & { page: "room" }, isViewing: boolean): Promise<void> {
	const [{ boardPage }] = await Promise.all([
		import("./embed/board-page.ts"),
		patiently(identified),
		spoken,
	]);
	draw(route, boardPage({ me, room: route.room, isViewing }));
}

/** A newcomer has nothing here to look at before there is a cookie. */
function patiently(identity: Promise<void>): Promise<void> {
	if (me.person === newcomer) return identity;
	return Promise.race([identity, new Promise<void>((go) => setTimeout(go, identityMsMax))]);
}

/** Fetches the code of a room and of what it shows first; all at once. */
function preloadRoom(asked: SurfaceName | null): Promise<unknown> {
	preload(firstPanes(asked));
	return import("./pages/room.ts");
}

/** Only to be quicker: what fails here is told when it is needed. */
function warmRoom(): void {
	preloadRoom(null)
		.then(() => import("./pages/idle/rehearsal.ts"))
		.then(({ rehearse }) => rehearse())
		.catch((error: unknown) => console.info("Not preloaded:", error));
}

/** A name that nobody can guess is a room: its server knows of it from the first change on. */
function makeRoom(): string {
	madeRoom = mintRoomName(randomBytes);
	return roomPath(madeRoom);
}

function noAnswerYet(): TemplateResult {
	return html`<div class="weft-plain" role="status">
		<span class="weft-plain__mark">${logo()}</span>
		<h1>${t("frame.page.waiting")}</h1>
		<p>${t("frame.page.waitingText")}</p>
	</div>`;
}

/** The network went, or a new version of the app came while this page was open. */
function notLoaded(): TemplateResult {
	return wordsPage({
		title: t("frame.page.missing"),
		text: t("frame.page.missingText"),
		action: { label: t("frame.light.reload"), run: () => void reloadApp() },
	});
}

/** What is kept of the app may be what does not fit. */
async function reloadApp(): Promise<void> {
	try {
		const { useNewest } = await import("./sync/device/app-copy.ts");
		await useNewest();
	} catch {
		location.reload(); // What is kept may be what fits, and the network may be back.
	}
}
