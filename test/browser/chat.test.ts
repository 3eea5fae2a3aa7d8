import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { axeFaults } from "../fixtures/axe.ts";
import { sharedData } from "../fixtures/shared-data.ts";
import type { ChatDriver } from "./chat-page/main.ts";
import { dotPng } from "./chat-page/serve.ts";
import { chatVisits } from "./chat-page/visits.ts";

declare const driver: ChatDriver;

const hostileFolder = sharedData("hostile");

describe.skipIf(!hasChromium)("the chat in Chromium", () => {
	let page: Page;
	const open = chatVisits();
	beforeEach(async () => {
		page = await open({ reducedMotion: "reduce" }); // What fades in has little contrast at first.
	});

	const bodies = () => page.locator(".weft-chat-body").allTextContents();
	const ready = () => page.evaluate(() => driver.ready());
	const boxText = () => page.locator("textarea").inputValue();

	test("Enter says it, Shift and Enter begin a new line", async () => {
		await ready();
		await expect.poll(() => page.locator(".weft-empty").textContent()).toContain("Nothing said");
		await page.locator("textarea").fill("one");
		await page.keyboard.press("Shift+Enter");
		await page.keyboard.type("two");
		await page.keyboard.press("Enter");
		await expect.poll(bodies).toEqual(["one\ntwo"]);
		await expect.poll(boxText).toBe("");
		expect(await page.evaluate(() => driver.doc.getArray("chat").toJSON())).toMatchObject([
			{ by: "g_ann", name: "Ann", body: "one\ntwo" },
		]);
	});

	test("a message says where it is until the server has it", async () => {
		await ready();
		const say = async (text: string) => {
			await page.locator("textarea").fill(text);
			await page.keyboard.press("Enter");
		};
		const states = () => page.locator(".weft-chat-state").allTextContents();
		await page.evaluate(() =>
			driver.status({ phase: "offline", waiting: 0, because: null, copy: "kept" }),
		);
		await say("in the tunnel");
		await expect.poll(states).toEqual(["On this device"]);
		await page.evaluate(() => driver.status({ phase: "saving", sinceMs: 0, copy: "kept" }));
		await expect.poll(states).toEqual(["Sending\u2026"]);
		await page.evaluate(() => driver.status({ phase: "saved", atMs: 0, copy: "kept" }));
		await expect.poll(states).toEqual(["Saved"]);
		await page.evaluate(() =>
			driver.status({ phase: "readOnly", code: "disk_full", waiting: 1, copy: "kept" }),
		);
		await say("too late");
		await expect.poll(states).toEqual(["Not saved: the server's disk is full."]);
	});

	test("the arrow up on an empty box corrects one's last message", async () => {
		await ready();
		await page.locator("textarea").fill("helo");
		await page.keyboard.press("Enter");
		await page.evaluate(() => driver.hear("ben", { body: "hi" }));
		await expect.poll(bodies).toEqual(["helo", "hi"]);
		await page.keyboard.press("ArrowUp");
		await expect.poll(boxText).toBe("helo");
		await page.keyboard.press("Escape");
		await expect.poll(boxText).toBe("");
		await page.keyboard.press("ArrowUp");
		await expect.poll(boxText).toBe("helo");
		await page.keyboard.type("!");
		await page.keyboard.press("Enter");
		await expect.poll(bodies).toEqual(["helo!", "hi"]);
		await expect.poll(() => page.locator(".weft-chat-edited").count()).toBe(1);
		expect(await page.evaluate(() => driver.doc.getArray("chat").length)).toBe(3);
	});

	test("what is too long says so and stays in the box", async () => {
		await ready();
		await page.locator("textarea").fill("x".repeat(4_012));
		await expect
			.poll(() => page.locator(".weft-chat-problem").textContent())
			.toContain("12 characters too many");
		await page.keyboard.press("Enter");
		expect(await boxText()).toHaveLength(4_012);
		await page.locator("textarea").fill("short");
		await page.keyboard.press("Enter");
		await expect.poll(bodies).toEqual(["short"]);
	});

	test("the box grows to six lines and not further", async () => {
		await ready();
		const height = async () => (await page.locator("textarea").boundingBox())?.height ?? 0;
		const one = await height();
		await page.locator("textarea").fill("1\n2\n3");
		const three = await height();
		await page.locator("textarea").fill("1\n2\n3\n4\n5\n6");
		const six = await height();
		await page.locator("textarea").fill("1\n2\n3\n4\n5\n6\n7\n8");
		expect(await height()).toBe(six);
		expect(six).toBeGreaterThan(three);
		expect(three).toBeGreaterThan(one);
	});

	test("others see that somebody is typing, and we see them", async () => {
		await ready();
		await page.locator("textarea").pressSequentially("h");
		const isTyping = () => page.evaluate(() => driver.presence()?.["typing"]);
		await expect.poll(isTyping).toBe(true);
		await page.keyboard.press("Enter");
		await expect.poll(isTyping).toBe(false);
		await page.evaluate(() => driver.present("ben", { typing: true }));
		await expect
			.poll(() => page.locator(".weft-chat-typing").textContent())
			.toBe("Ben Okafor is typing\u2026");
	});

	test("of ten thousand messages few are drawn, and all of them can be reached", async () => {
		await page.evaluate(() => driver.fill(10_000));
		await ready();
		await page.evaluate(() => driver.status({ phase: "saved", atMs: 0, copy: "kept" }));
		await expect.poll(() => page.locator(".weft-chat-message").count()).toBeGreaterThan(50);
		const drawnCount = await page.evaluate(async () => {
			let count = 0;
			const drawn = new MutationObserver((changes) => {
				const nodes = changes.flatMap(({ addedNodes }) => [...addedNodes]);
				count += nodes.filter(({ nodeName }) => nodeName === "LI").length;
			});
			const rows = document.querySelector(".weft-chat-rows") as Element;
			drawn.observe(rows, { childList: true });
			for (let index = 0; index < 20; index++) {
				driver.hear("ben", { body: `new ${index}` });
				await new Promise(requestAnimationFrame);
			}
			drawn.disconnect();
			return count;
		});
		// Each new message is one row; all others stay as they are.
		expect(drawnCount).toBeGreaterThan(0);
		expect(drawnCount).toBeLessThanOrEqual(25);
		const mostRows = await page.evaluate(async () => {
			const oldest = () => document.querySelector(".weft-chat-body")?.textContent;
			let most = 0;
			for (let seen = oldest(); seen !== "line 0"; seen = oldest()) {
				document.querySelector(".weft-chat-scroll")?.scrollTo(0, 0);
				while (oldest() === seen) await new Promise(requestAnimationFrame);
				most = Math.max(most, document.querySelectorAll(".weft-chat-message").length);
			}
			return most;
		});
		expect(mostRows).toBeLessThanOrEqual(300);
		await page.locator(".weft-chat-jump").click();
		await expect.poll(async () => (await bodies()).at(-1)).toBe("new 19");
		await expect.poll(() => page.locator(".weft-chat-jump").count()).toBe(0);
	});

	test("what is read stays where it is when older messages are drawn above", async () => {
		await page.evaluate(() => driver.fill(500, ["ann"]));
		await ready();
		await expect.poll(async () => (await bodies()).at(-1)).toBe("line 499");
		const moved = await page.evaluate(async () => {
			const scroller = document.querySelector(".weft-chat-scroll") as HTMLElement;
			const frame = () => new Promise(requestAnimationFrame);
			const drawn = () => document.querySelectorAll(".weft-chat-message").length;
			scroller.scrollTop = 900;
			// Scrolling is told in the next frame, and drawn by the one after it.
			for (let count = 0; count < 3; count++) await frame();
			const row = [...document.querySelectorAll<HTMLElement>(".weft-chat-message")].find(
				(one) => one.getBoundingClientRect().top > 100,
			);
			const key = row?.getAttribute("data-key");
			const before = row?.getBoundingClientRect().top ?? 0;
			const drawnCount = drawn();
			scroller.scrollTop -= 200;
			while (drawn() === drawnCount) await frame();
			const moved = document.querySelector(`[data-key="${key}"]`);
			const after = moved?.getBoundingClientRect().top ?? 0;
			return { by: Math.round(after - before), count: drawn() - drawnCount };
		});
		expect(moved.by).toBe(200);
		expect(moved.count).toBeGreaterThan(0);
	});

	test("one who reads older messages is not moved by a new one, but sees it came", async () => {
		await page.evaluate(() => driver.fill(300));
		await ready();
		await expect.poll(async () => (await bodies()).at(-1)).toBe("line 299");
		expect(await page.locator(".weft-chat-jump").count()).toBe(0);
		const top = () =>
			page.evaluate(async () => {
				const scroller = document.querySelector(".weft-chat-scroll") as HTMLElement;
				for (let count = 0; count < 3; count++) await new Promise(requestAnimationFrame);
				return scroller.scrollTop;
			});
		await page.evaluate(() => document.querySelector(".weft-chat-scroll")?.scrollBy(0, -1_000));
		await page.locator(".weft-chat-jump").waitFor();
		const before = await top();
		await page.evaluate(() => driver.hear("ben", { body: "new" }));
		await expect.poll(() => page.locator(".weft-chat-jump").textContent()).toContain("1 new");
		expect(await top()).toBe(before);
		await expect.poll(() => page.evaluate(() => driver.unread.at(-1))).toBe(1);
		await page.locator(".weft-chat-jump").click();
		await expect.poll(() => page.evaluate(() => driver.unread.at(-1))).toBe(0);
	});

	test("what was not read stands below a line, and is counted while hidden", async () => {
		await page.evaluate(() => driver.hear("ben", { body: "seen" }));
		await ready();
		await expect.poll(() => page.evaluate(() => driver.unread.at(-1))).toBe(0);
		await page.evaluate(async () => {
			const chat = document.querySelector("weft-chat");
			// Who observes first is told first: when we know, the chat does.
			await new Promise<void>((resolve) => {
				const out = new IntersectionObserver((entries) => {
					if (entries.at(-1)?.isIntersecting === false) resolve();
				});
				out.observe(chat as Element);
				chat?.setAttribute("hidden", "");
			});
		});
		await page.evaluate(() => {
			driver.hear("ben", { body: "first" });
			driver.hear("cleo", { body: "second" });
		});
		await expect.poll(() => page.evaluate(() => driver.unread.at(-1))).toBe(2);
		await page.evaluate(() => document.querySelector("weft-chat")?.removeAttribute("hidden"));
		await expect
			.poll(() => page.locator(".weft-chat-unread + li").textContent())
			.toContain("first");
		await expect.poll(() => page.evaluate(() => driver.unread.at(-1))).toBe(0);
		await page.locator("textarea").fill("thank you");
		await page.keyboard.press("Enter");
		await expect.poll(() => page.locator(".weft-chat-unread").count()).toBe(0);
	});

	test("what others say is read out, what I say is not", async () => {
		await ready();
		await page.evaluate(() => driver.hear("ben", { body: "hello" }));
		await page.locator("textarea").fill("hi");
		await page.keyboard.press("Enter");
		await page.evaluate(() => driver.hear("ben", { body: "and goodbye" }));
		await expect
			.poll(() => page.getByRole("log").locator("p").allTextContents())
			.toEqual(["Ben Okafor: hello", "Ben Okafor: and goodbye"]);
		expect(await bodies()).toEqual(["hello", "hi", "and goodbye"]);
	});

	test("a pasted picture is shared and goes with the message", async () => {
		await ready();
		await page.locator("textarea").focus();
		await page.evaluate((base64) => {
			const clipboardData = driver.pictureData(base64);
			document.activeElement?.dispatchEvent(
				new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
			);
		}, dotPng.toString("base64"));
		await expect.poll(() => page.locator(".weft-chat-attached li").count()).toBe(1);
		await page.locator("textarea").fill("look");
		await page.keyboard.press("Enter");
		await expect.poll(bodies).toEqual(["look"]);
		await expect.poll(() => page.locator(".weft-chat-attached").count()).toBe(0);
		await expect.poll(() => page.locator(".weft-chat-photo img").count()).toBe(1);
		await page.getByRole("button", { name: "Open the photo" }).click();
		await expect.poll(() => page.evaluate(() => driver.photos.length)).toBe(1);
		const opened = await page.evaluate(() => driver.photos);
		expect(await page.evaluate(() => driver.doc.getArray("chat").toJSON())).toMatchObject([
			{ body: "look", photo: opened[0] },
		]);
		expect(await page.evaluate(() => [...driver.doc.getMap("photos").keys()])).toEqual(opened);
	});

	test("a dropped picture may go without words", async () => {
		await ready();
		await page.evaluate((base64) => {
			const dataTransfer = driver.pictureData(base64);
			const chat = document.querySelector("weft-chat");
			for (const type of ["dragover", "drop"]) {
				chat?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
			}
		}, dotPng.toString("base64"));
		await expect.poll(() => page.locator(".weft-chat-attached li").count()).toBe(1);
		await page.getByRole("button", { name: "Send" }).click();
		await expect.poll(() => page.locator(".weft-chat-photo").count()).toBe(1);
		expect(await bodies()).toEqual([]);
	});

	test("links open elsewhere and tell nobody where they came from", async () => {
		await ready();
		await page.evaluate(() =>
			driver.hear("ben", { body: "https://a.example/x?y=1 javascript:alert(1)" }),
		);
		const link = page.locator(".weft-chat-body a");
		await expect.poll(() => link.getAttribute("href")).toBe("https://a.example/x?y=1");
		expect(await link.getAttribute("rel")).toContain("noopener noreferrer");
		expect(await link.getAttribute("target")).toBe("_blank");
		expect(await link.count()).toBe(1);
	});

	test.each(["light", "dark"] as const)(
		"axe finds nothing to complain of in %s",
		async (scheme) => {
			await page.emulateMedia({ colorScheme: scheme });
			await page.evaluate(() => {
				driver.hear("ben", { body: "see https://a.example" }, Date.now() - 90_000_000);
				const own = driver.hear("ann", { body: "helo" });
				driver.hear("ann", { body: "hello", corrects: own });
				driver.hear("cleo", { body: "x".repeat(2_000) });
				driver.hear("cleo", { retracts: driver.hear("cleo", { body: "oops" }) });
				driver.present("ben", { typing: true });
			});
			await ready();
			await page.evaluate(() =>
				driver.status({ phase: "offline", waiting: 0, because: null, copy: "kept" }),
			);
			await page.locator("textarea").fill("in the tunnel");
			await page.keyboard.press("Enter");
			await expect.poll(bodies).toHaveLength(4);
			expect(await axeFaults(page, "weft-chat")).toEqual([]);
		},
	);

	test("a stranger's entries of every kind leave the chat standing", async () => {
		await ready();
		await page.evaluate(() => {
			driver.push([1, null, [], {}, { body: "half" }, { body: { a: 1 } }, { at: "x", body: "b" }]);
			driver.push([{ body: "zalgo Z\u0301".padEnd(3_000, "\u0301") }, { body: "\n".repeat(900) }]);
		});
		await expect.poll(bodies).toHaveLength(3);
		const tallest = await page.evaluate(() =>
			Math.max(
				...[...document.querySelectorAll(".weft-chat-message")].map((row) => row.clientHeight),
			),
		);
		expect(tallest).toBeLessThan(400);
	});

	test.skipIf(hostileFolder === null)(
		"every naughty string is shown as the text it is, and runs nothing",
		async () => {
			const lines = ["blns.json", "xss-lines-even.json"]
				.flatMap((name) => JSON.parse(readFileSync(join(hostileFolder ?? "", name), "utf8")))
				.map((line: unknown) => (typeof line === "string" ? line : JSON.stringify(line)))
				.filter((line) => line.trim() !== "");
			await ready();
			const shown: string[] = [];
			for (let from = 0; from < lines.length; from += 100) {
				const some = lines.slice(from, from + 100);
				shown.push(
					...(await page.evaluate(async (bodies) => {
						let last = "";
						for (const body of bodies) last = driver.hear("ben", { body });
						while (document.querySelector(`[data-key="${last}"]`) === null) {
							await new Promise(requestAnimationFrame);
						}
						const all = [...document.querySelectorAll(".weft-chat-body")];
						return all.slice(-bodies.length).map((body) => body.textContent ?? "");
					}, some)),
				);
			}
			expect(shown).toEqual(lines.map((line) => line.replace(/\p{Surrogate}/gu, "\ufffd")));
			expect(await page.locator(".weft-chat-body :not(a)").count()).toBe(0);
		},
	);
});
