import { expect, test } from "vitest";
import { WeftError } from "../../../../shared/errors.ts";
import { sayFault, withFaultId } from "../../../../web/ui/forms/fault.ts";
import "../english.ts";

test("a failure that the server's log knows is said with its id", () => {
	const fault = new WeftError("internal", undefined, { id: "Zm9vYmFy" });
	expect(withFaultId("Not saved.", fault)).toBe(
		"Not saved. Whoever runs this server can look it up: Zm9vYmFy",
	);
	expect(sayFault(fault, "Nobody answers.")).toMatch(/went wrong on the server\. .*: Zm9vYmFy$/);
});

test("any other is said without", () => {
	expect(withFaultId("Not saved.", new WeftError("not_allowed"))).toBe("Not saved.");
	expect(withFaultId("Not saved.", new TypeError("fetch failed"))).toBe("Not saved.");
	expect(sayFault(new TypeError("fetch failed"), "Nobody answers.")).toBe("Nobody answers.");
});
