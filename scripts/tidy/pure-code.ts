/**
 * What the other tools cannot see in the folders where nothing but arguments may decide (DESIGN section 3) and where
 * money is counted (section 5): the syntax tree is searched, so that comments and texts do not count.
 */
import ts from "typescript";
import type { Finding, SourceFile } from "./source-file.ts";

const PURE = /^src\/(money|events|catalog\/core|ticket|business-day|receipt|fiscal\/[a-z]{2}|till)\//;
const MONEY = /^src\/(money|ticket)\//;
/** Here an amount becomes a JSON number, which is exact within the limits that the file checks. */
const MAY_MAKE_NUMBERS = ["src/money/amount.ts"];

/** Time, chance and waiting in pure folders; floating point in the money folders. */
export function pureCodeFindings(file: SourceFile): Finding[] {
	if (!PURE.test(file.path) || !file.path.endsWith(".ts")) return [];
	const findings: Finding[] = [];
	const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
	const visit = (node: ts.Node): void => {
		const message = impurity(node) ?? (MONEY.test(file.path) ? floatingPoint(node, file.path) : undefined);
		if (message !== undefined) {
			const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
			findings.push({ path: file.path, line, message });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return findings;
}

function impurity(node: ts.Node): string | undefined {
	if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) return "no waiting in pure code";
	if (ts.isNewExpression(node) && node.expression.getText() === "Date") return "no new Date in pure code: take a Stamp";
	if (!ts.isPropertyAccessExpression(node)) return undefined;
	if (node.getText() === "Math.random") return "no Math.random in pure code: chance is an argument";
	if (node.getText() === "Date.now") return "no Date.now in pure code: take a Stamp";
	if (node.name.text.startsWith("toLocale")) return "no toLocale...: the machine's language must not decide";
	return undefined;
}

function floatingPoint(node: ts.Node, path: string): string | undefined {
	if (ts.isNumericLiteral(node) && /^[\d_]*\.|^[\d_]+e/i.test(node.getText())) {
		return "no decimal point in a number: money is counted in whole minor units";
	}
	if (ts.isPropertyAccessExpression(node) && node.expression.getText() === "Math") {
		return `no ${node.getText()}: it counts in floating point`;
	}
	if (!ts.isCallExpression(node) || MAY_MAKE_NUMBERS.includes(path)) return undefined;
	const called = node.expression.getText().replace(/^globalThis\./, "");
	return /^(Number|(Number\.)?parseFloat)$/.test(called) ? `no ${called}(): it makes floating point` : undefined;
}
