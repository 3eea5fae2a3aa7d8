import { afterEach, expect, test, vi } from "vitest";
import { call, fetchMe, Unreachable } from "../../web/api.ts";

afterEach(() => vi.unstubAllGlobals());

/** A server that makes each who asks without a cookie somebody new; the last cookie stays. */
function withoutLocks(): { readonly asked: () => number; readonly otherTabAsked: () => void } {
	let cookie = "";
	let count = 0;
	vi.stubGlobal("navigator", {});
	vi.stubGlobal("fetch", async () => {
		count++;
		const id = cookie || `g_${count}`;
		// Another tab's request was under way with ours, and its answer comes later.
		cookie ||= "g_of_another_tab";
		return Response.json({ id, name: "Quiet Otter", color: "#0b6b5d" });
	});
	return {
		asked: () => count,
		otherTabAsked: () => {
			cookie = "g_of_another_tab";
		},
	};
}

test("without locks a first visit asks twice: the cookie that is left says who it is", async () => {
	const server = withoutLocks();
	expect(await fetchMe("anyone")).toMatchObject({ id: "g_of_another_tab" });
	expect(server.asked()).toBe(2);
});

test("whom the server knows as this device does is asked about once", async () => {
	const server = withoutLocks();
	server.otherTabAsked();
	await fetchMe("g_of_another_tab");
	expect(server.asked()).toBe(1);
});

test("who waited too long for another tab asks twice as well", async () => {
	const server = withoutLocks();
	const request = () =>
		Promise.reject(new DOMException("the other tab asks still", "TimeoutError"));
	vi.stubGlobal("navigator", { locks: { request } });
	expect(await fetchMe("anyone")).toMatchObject({ id: "g_of_another_tab" });
	expect(server.asked()).toBe(2);
});

test("a server that does not answer is not asked again at once", async () => {
	const request = (_name: string, _options: object, ask: () => Promise<unknown>) => ask();
	vi.stubGlobal("navigator", { locks: { request } });
	let count = 0;
	vi.stubGlobal("fetch", () => {
		count++;
		return Promise.reject(new TypeError("fetch failed"));
	});
	await expect(fetchMe("anyone")).rejects.toBeInstanceOf(Unreachable);
	expect(count).toBe(1);
});

test("what went wrong on the server has the id by which its log knows it", async () => {
	const answer = (status: number, error: object) =>
		vi.stubGlobal("fetch", async () => Response.json({ error }, { status }));
	answer(500, { code: "internal", message: "", id: "Zm9vYmFy" });
	await expect(call("GET", "/api/rooms")).rejects.toMatchObject({
		code: "internal",
		id: "Zm9vYmFy",
	});
	answer(409, { code: "name_taken", message: "" });
	await expect(call("GET", "/api/rooms")).rejects.toMatchObject({ code: "name_taken", id: null });
});
