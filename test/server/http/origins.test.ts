/** Which pages a browser may act for: each of these origins, on the upgrade and every route. */
import { beforeAll, describe, expect, test } from "vitest";
import { GuestCookies, guestCookie } from "../../../server/auth/guest.ts";
import { isForeign, whoUpgrades } from "../../../server/http/identity.ts";
import { createTestApp } from "../../fixtures/people/test-app.ts";

type Headers = Readonly<Record<string, string>>;

const direct: Headers = { host: "weft.example:1234" };
const standard: Headers = { host: "weft.example" };
const tls: Headers = { host: "weft.example", "x-forwarded-proto": "https" };
/** A proxy that calls us by an inner name. */
const inner: Headers = { host: "127.0.0.1:9", "x-forwarded-host": "weft.example" };
const chain: Headers = { ...inner, "x-forwarded-host": "weft.example, inner.example" };
const local: Headers = { host: "[::1]:1234" };

/** The headers of a request; its origin, null where it has none; whether we take it for ours. */
const cases: readonly (readonly [Headers, string | null, "ours" | "foreign"])[] = [
	[direct, null, "ours"],
	[direct, "http://weft.example:1234", "ours"],
	[standard, "http://weft.example", "ours"],
	[standard, "http://weft.example:80", "ours"],
	[standard, "https://weft.example", "ours"],
	[tls, "https://weft.example", "ours"],
	[tls, "https://weft.example:443", "ours"],
	[inner, "https://weft.example", "ours"],
	[chain, "https://weft.example", "ours"],
	[local, "http://[::1]:1234", "ours"],
	[direct, "https://evil.example", "foreign"],
	[direct, "null", "foreign"],
	[direct, "", "foreign"],
	[direct, "file://", "foreign"],
	[inner, "file://", "foreign"],
	[direct, "about:blank", "foreign"],
	[direct, "data:text/html,x", "foreign"],
	[direct, "chrome-extension://weft.example:1234", "foreign"],
	[direct, "weft.example:1234", "foreign"],
	[direct, "//weft.example:1234", "foreign"],
	[direct, "http://weft.example", "foreign"],
	[direct, "http://weft.example:12345", "foreign"],
	[standard, "http://weft.example:1234", "foreign"],
	[standard, "http://weft.example.evil.example", "foreign"],
	[standard, "http://evil-weft.example", "foreign"],
	[standard, "http://sub.weft.example", "foreign"],
	[standard, "http://example", "foreign"],
	[standard, "http://weft.example.", "foreign"],
	[standard, "http://weft.example@evil.example", "foreign"],
	[standard, "http://evil.example#weft.example", "foreign"],
	[standard, "http://evil.example/weft.example", "foreign"],
	[standard, "http://xn--wft-qdd.example", "foreign"], // Its second letter is Cyrillic.
	[tls, "http://weft.example", "foreign"],
	[inner, "https://127.0.0.1", "foreign"],
	[chain, "https://evil.example", "foreign"],
	[local, "http://127.0.0.1:1234", "foreign"],
	[local, "http://localhost:1234", "foreign"],
];

const headersOf = (headers: Headers, origin: string | null): Headers =>
	origin === null ? headers : { ...headers, origin };

test.each(cases)("%j with the origin %j is %s", (headers, origin, whose) => {
	expect(isForeign(headersOf(headers, origin))).toBe(whose === "foreign");
});

test.each(cases)(
	"an upgrade to %j from %j, %s, is by who it says only if it is ours",
	async (headers, origin, whose) => {
		const { accounts } = await createTestApp();
		const cookies = new GuestCookies(new Uint8Array(32));
		const guest = { id: "g_ann", name: "Ann", color: "#0b6b5d" } as Parameters<
			GuestCookies["sign"]
		>[0];
		const cookie = `${guestCookie}=${cookies.sign(guest)}`;
		const asking = { url: "/sync/garden", headers: { ...headersOf(headers, origin), cookie } };
		const upgrading = whoUpgrades(asking, { cookies, accounts, hostTokens: null, base: "/" });
		expect(upgrading.guest?.id ?? null).toBe(whose === "ours" ? "g_ann" : null);
		expect(upgrading.login).toBeNull();
	},
);

describe("every route that changes something", () => {
	let app: Awaited<ReturnType<typeof createTestApp>>["app"];
	let routes: readonly (readonly [method: string, path: string])[];

	beforeAll(async () => {
		({ app } = await createTestApp({ signUp: "open" }));
		const changing = app.routes.filter(({ method }) => !["GET", "HEAD", "ALL"].includes(method));
		const names = new Set(changing.map(({ method, path }) => `${method} ${path}`));
		routes = [...names].map((name) => {
			const [method = "", path = ""] = name.split(" ");
			return [method, path.replace(/:\w+(\{.*?\})?/g, "garden12")] as const;
		});
	});

	test("is one of the API: there is no other to guard", () => {
		expect(routes.length).toBeGreaterThanOrEqual(7);
		for (const [method, path] of routes) expect(path, method).toMatch(/^\/api\//);
	});

	test.each(cases)(
		"to %j is refused for %j exactly if that is %s",
		async (headers, origin, whose) => {
			for (const [method, path] of routes) {
				const answer = await app.request(path, { method, headers: headersOf(headers, origin) });
				const { error } = (await answer.json()) as { error?: { code: string } };
				expect(error?.code === "bad_origin", `${method} ${path}`).toBe(whose === "foreign");
				if (whose === "foreign") {
					expect(answer.status).toBe(403);
					expect(answer.headers.get("set-cookie")).toBeNull();
				}
			}
		},
	);
});
