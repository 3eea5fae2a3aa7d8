import { expect, test } from "vitest";
import { createTestApp } from "../../fixtures/people/test-app.ts";

const changeRate = { perSecond: 2, burst: 10 };

/** An application that takes ten changes at once, and requests to it by address. */
async function limited() {
	const { app, clock } = await createTestApp({ changeRate });
	const ask = (address: string, path = "/api/rooms", method = "POST") => {
		const incoming = { headers: {}, socket: { remoteAddress: address } };
		return app.request(path, { method }, { incoming } as never);
	};
	const statuses = async (count: number, ...asked: Parameters<typeof ask>) => {
		const all: number[] = [];
		while (all.length < count) all.push((await ask(...asked)).status);
		return all;
	};
	return { ask, statuses, clock };
}

test("changes of one address that come too fast are refused, until a second is over", async () => {
	const { ask, statuses, clock } = await limited();
	expect(await statuses(10, "203.0.113.7")).toEqual(Array(10).fill(201));
	const refused = await ask("203.0.113.7");
	expect(refused.status).toBe(429);
	expect(refused.headers.get("retry-after")).toBe("1");
	expect(await refused.json()).toMatchObject({ error: { code: "too_many_requests" } });
	clock.advance(1_000);
	expect(await statuses(3, "203.0.113.7")).toEqual([201, 201, 429]);
});

test("other addresses, and who only looks, are not concerned", async () => {
	const { statuses } = await limited();
	expect(await statuses(11, "203.0.113.7")).toContain(429);
	expect(await statuses(2, "203.0.113.8")).toEqual([201, 201]);
	expect(await statuses(20, "203.0.113.7", "/api/rooms", "GET")).toEqual(Array(20).fill(200));
});

test("a household has one rate, however many addresses of IPv6 it takes", async () => {
	const { statuses } = await limited();
	for (let index = 0; index < 10; index++) await statuses(1, `2001:db8:1:2::${index}`);
	expect(await statuses(1, "2001:db8:1:2:ffff::1")).toEqual([429]);
	expect(await statuses(1, "2001:db8:1:3::1")).toEqual([201]);
});

test("a photo counts for four, and is refused before a byte of it is taken", async () => {
	const { ask, statuses } = await limited();
	const path = "/api/rooms/garden/photos/picture-1";
	expect(await statuses(3, "203.0.113.7", path, "PUT")).not.toContain(201);
	const refused = await ask("203.0.113.7", path, "PUT");
	expect(refused.status).toBe(429);
	expect(refused.headers.get("retry-after")).toBe("2");
	expect(refused.headers.get("set-cookie")).toBeNull();
});

test("a knock is no change: four classes before their doors ask every two seconds", async () => {
	const { ask, statuses, clock } = await limited();
	const path = "/api/rooms/garden/knock";
	expect(new Set(await statuses(400, "203.0.113.7", path))).toEqual(new Set([200]));
	const refused = await ask("203.0.113.7", path);
	expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
	expect(await statuses(1, "203.0.113.8", path)).toEqual([200]);
	expect(await statuses(10, "203.0.113.7")).not.toContain(429);
	clock.advance(2_000);
	expect(new Set(await statuses(200, "203.0.113.7", path))).toEqual(new Set([200]));
});

test("without a limit all are taken", async () => {
	const { app } = await createTestApp();
	for (let index = 0; index < 500; index++) {
		expect((await app.request("/api/rooms", { method: "POST" })).status).toBe(201);
	}
});
