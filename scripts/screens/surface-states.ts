/** States of the four surfaces: empty, filled, and with each of their parts open. */
import { filledRoom, rightToLeftRoom } from "./content.ts";
import { enter, enterAndPress, type State, settle, type Visit } from "./ways.ts";

/** All of them, in the order of the contact sheet. */
export const surfaceStates: readonly State[] = [
	...bare("document"),
	{ name: "document-find", open: openFind },
	{ name: "document-contents", open: (visit) => openPageMenu(visit, "Contents", "weft-contents") },
	{
		name: "document-authors",
		open: (visit) => openPageMenu(visit, "Who wrote what", "weft-authors button"),
	},
	{ name: "document-menu", open: (visit) => openPageMenu(visit) },
	{ name: "document-link", open: openLink },
	{ name: "document-refused-file", open: openRefusedFile },
	{ name: "document-print", open: openPrint, isForEyes: true },
	{
		name: "document-right-to-left",
		open: (visit) => enter(visit, `/r/${rightToLeftRoom}/document`),
	},
	...bare("board"),
	{ name: "board-chosen", open: openChosen },
	{ name: "board-shapes", open: openShapes },
	{
		name: "board-menu",
		open: (visit) => enterAndPress(visit, `/r/${filledRoom}/board`, ".weft-board__more > button"),
	},
	{ name: "board-and-chat", open: openBoardAndChat },
	{ name: "pick-photo", open: openPicker },
	...bare("chat"),
	{ name: "chat-right-to-left", open: (visit) => enter(visit, `/r/${rightToLeftRoom}/chat`) },
	{ name: "chat-menu", open: openMessageMenu },
	{ name: "chat-mention", open: openMention },
	{ name: "chat-name-offer", open: openNameOffer },
	{ name: "chat-search", open: openSearch },
	...bare("photos"),
	{ name: "photos-menu", open: (visit) => openAlbum(visit, "#weft-album-menu") },
	{ name: "photos-bin", open: openBin },
	{ name: "photo-viewer", open: openViewer },
	{ name: "slideshow", open: openSlideshow },
];

function bare(surface: "document" | "board" | "chat" | "photos"): State[] {
	return [
		{
			name: `${surface}-empty`,
			open: (visit) => enter(visit, `/r/nothing-in-${surface}/${surface}`),
		},
		{ name: `${surface}-filled`, open: (visit) => enter(visit, `/r/${filledRoom}/${surface}`) },
	];
}

async function openFind(visit: Visit): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/document`, ".ql-editor");
	await visit.page.keyboard.press("Control+h");
	await visit.page.locator("input[name=find]").fill("the");
	await visit.page.locator(".weft-find-count:not(:empty)").waitFor();
}

/** Opens what can be done with a document, and does one of it. */
async function openPageMenu(visit: Visit, item?: string, opened = "body"): Promise<void> {
	const menu = ".weft-page-menu button[popovertarget]";
	await enterAndPress(visit, `/r/${filledRoom}/document`, menu);
	if (item === undefined) return;
	await visit.page.locator(".weft-page-menu-list button", { hasText: item }).click();
	await visit.page.locator(opened).first().waitFor();
}

async function openLink(visit: Visit): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/document`, ".ql-editor p");
	await visit.page.keyboard.press("End");
	await visit.page.keyboard.press("Control+Shift+ArrowLeft");
	await visit.page.keyboard.press("Control+k");
	await visit.page.locator(".weft-link-box input").first().waitFor();
}

/** There is no dialog of ours for a file: what is said of one that is no text. */
async function openRefusedFile(visit: Visit): Promise<void> {
	const { page } = visit;
	await openPageMenu(visit);
	const chooser = page.waitForEvent("filechooser");
	await page.locator(".weft-page-menu-list button", { hasText: "Add a file" }).click();
	const buffer = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
	const file = { name: "stalls.md", mimeType: "text/markdown", buffer };
	await (await chooser).setFiles(file);
	await page.locator(".weft-toast").first().waitFor();
}

async function openPrint(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/document`);
	await settle(visit.page);
	await visit.page.emulateMedia({ media: "print" });
}

async function openChosen(visit: Visit): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/board`, ".weft-board__tool--select");
	await visit.page.keyboard.press("Control+a");
}

/** Which shape, and how it is drawn; also in German. */
export async function openShapes(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/board`);
	await settle(visit.page);
	await visit.page.getByRole("button", { name: /^(Shapes|Formen)/ }).click();
	await visit.page.locator(".weft-board__panel[data-open] button").first().waitFor();
}

async function openBoardAndChat(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/board`);
	await settle(visit.page);
	await visit.page.keyboard.press("Alt+c");
	await visit.page.locator("weft-chat textarea").waitFor();
}

async function openPicker(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/board`);
	await settle(visit.page);
	await visit.page.keyboard.press("9");
	await visit.page.locator("dialog[open]").waitFor();
}

async function openMessageMenu(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/chat`);
	await settle(visit.page);
	await visit.page.locator(".weft-chat-more").last().press("Enter");
	await visit.page.locator(".weft-chat-menu button").first().waitFor();
}

async function openMention(visit: Visit): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/chat`, "weft-chat textarea");
	await visit.page.keyboard.type("Thank you, @");
	await visit.page.locator("weft-chat-mentions [role=option]").first().waitFor();
}

async function openNameOffer(visit: Visit): Promise<void> {
	await enterAndPress(visit, "/r/nothing-in-chat/chat", "weft-chat textarea");
	await visit.page.locator("weft-chat-name-offer input").waitFor();
}

async function openSearch(visit: Visit): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/chat`, ".weft-chat-find");
	await visit.page.locator("weft-chat-search input").fill("van");
	await visit.page.locator("weft-chat-search").waitFor();
}

async function openAlbum(visit: Visit, opened: string): Promise<void> {
	await enterAndPress(visit, `/r/${filledRoom}/photos`, "[popovertarget=weft-album-menu]");
	await visit.page.locator(opened).waitFor();
}

async function openBin(visit: Visit): Promise<void> {
	await openAlbum(visit, "#weft-album-menu");
	await visit.page.locator("#weft-album-menu button", { hasText: "Removed photos" }).click();
	await visit.page.locator("dialog[open]").waitFor();
}

async function openViewer(visit: Visit): Promise<void> {
	await enter(visit, `/r/${filledRoom}/photos`);
	await visit.page.locator(".weft-photos__open").first().click();
	await visit.page.locator("dialog[open]").waitFor();
}

async function openSlideshow(visit: Visit): Promise<void> {
	await openAlbum(visit, "#weft-album-menu");
	await visit.page.locator("#weft-album-menu button", { hasText: "Slideshow" }).click();
	await visit.page.locator(".weft-viewer--show").waitFor();
}
