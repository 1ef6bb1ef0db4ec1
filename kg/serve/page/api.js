// What the server knows. In a file that stands alone, offline.js answers in its place.

import { answerOffline, isOffline } from "./offline.js";

/** The answer to /api/NAME; values that are lists go as several parameters. */
export async function ask(name, fields = {}, values = []) {
  if (isOffline()) return answerOffline(name, fields);
  const parameters = new URLSearchParams(fields);
  for (const value of values) parameters.append("value", value);
  return (await answered(await fetch(`api/${name}?${parameters}`))).json();
}

/** A SPARQL query; the answer as it came. */
export async function sparql(query, accept, signal) {
  const headers = { "content-type": "application/sparql-query", accept };
  return answered(await fetch("sparql", { method: "POST", body: query, headers, signal }));
}

async function answered(response) {
  if (!response.ok) throw new Error((await response.text()).trim() || `the server said ${response.status}`);
  return response;
}
