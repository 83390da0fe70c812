// The frame around every page, and the way from an address to its page.
import { html, render, useEffect, useErrorBoundary, useLayoutEffect, useRef, useState } from "./view.js";
import { watchLeaving } from "./leaving.js";
import { onChange, session, signOut, update } from "./session.js";
import { to, useRoute } from "./routes.js";
import { AccountChoice, Login } from "./pages/login.js";
import { ContactPage } from "./pages/contact.js";
import { Contacts, Lists } from "./pages/contacts.js";
import { EntryPage } from "./pages/entry.js";
import { Findings, Obligations } from "./pages/findings.js";
import { Overview } from "./pages/overview.js";
import { Reports } from "./pages/reports.js";
import { Search } from "./pages/search.js";

const pages = {
  overview: { title: "Overview", view: Overview },
  search: { title: "Search", view: Search },
  contacts: { title: "All Contacts", view: Contacts },
  contact: { title: "Contact", view: ContactPage },
  lists: { title: "Lists", view: Lists },
  entry: { title: "Entry", view: EntryPage },
  findings: { title: "Findings", view: Findings },
  obligations: { title: "Obligations", view: Obligations },
  reports: { title: "Reports", view: Reports },
};
const menu = ["overview", "search", "contacts", "lists", "findings", "obligations", "reports"];

function useSession() {
  const [, again] = useState(0);
  useEffect(() => onChange(() => again((turn) => turn + 1)), []);
}

/** A token of several accounts, or of all. */
const mayChoose = () => session.who.accounts.length > 1 || session.who.accounts[0] === "*";

function Frame({ route, children }) {
  const main = useRef(null);
  const skip = (event) => {
    event.preventDefault();
    main.current.focus();
  };
  return html`
    <a class="skip" href="#main" onClick=${skip}>Skip to the page</a>
    <header>
      <a class="brand" href=${to("overview")}><span>consent-ledger</span></a>
      <nav aria-label="Pages"><ul>
        ${menu.map((name) => html`<li><a href=${to(name)} aria-current=${route.page === name ? "page" : undefined}>${pages[name].title}</a></li>`)}
      </ul></nav>
      <p class="who"><span>${session.account}</span>
        ${mayChoose() && html`<button type="button" class="plain" onClick=${() => update({ account: "" })}>Other account</button>`}
        <span class="quiet">${session.who.role} <span class="id">${session.who.token}</span></span>
        <button type="button" class="plain" onClick=${() => signOut("Signed out.")}>Sign out</button></p>
    </header>
    <main id="main" tabindex="-1" ref=${main}>${children}</main>
    <footer><p>Ledger <span class="id">${session.who.origin}</span>. What is shown here can be checked without this
      page: <code>consent-verify</code>, or the export and a script of one file (docs/check_ledger.py).</p>
      <p>Times are UTC. <a href=${document.querySelector("link[rel=license]").href} target="_blank" rel="noopener">Licences of what this page is made with</a></p></footer>`;
}

/** A page takes the focus when it is opened, so that a screen reader begins there. */
function Page({ route }) {
  const known = Object.hasOwn(pages, route.page) ? pages[route.page] : null;
  const address = [route.page, ...route.args].join("/");
  const title = known ? known.title : "No such page";
  useLayoutEffect(() => { // with the drawing: a later effect would take the focus from who has begun
    document.title = `${title} · consent-ledger`;
    document.querySelector("main h1")?.focus();
    scrollTo(0, 0);
  }, [address]);
  if (!known) return html`<h1 tabindex="-1">No such page</h1><p>The address does not lead anywhere. <a href=${to("overview")}>Overview</a></p>`;
  return html`<${Guarded} key=${address}><${known.view} route=${route} /><//>`;
}

/** A page that fails to draw says so; what stood there before could be taken for its answer. */
function Guarded({ children }) {
  const [error, again] = useErrorBoundary();
  if (!error) return html`<div>${children}</div>`;
  return html`<h1 tabindex="-1">This page failed</h1>
    <div class="failure" role="alert"><p><strong>What the service sent cannot be shown.</strong> Nothing on this page has been checked.</p>
      <p class="quiet">${error.message}</p><p><button type="button" onClick=${again}>Try again</button></p></div>`;
}

function App() {
  useSession();
  const route = useRoute();
  if (!session.who) return html`<${Login} />`;
  if (!session.account) return html`<${AccountChoice} />`;
  return html`<${Frame} route=${route}><${Page} route=${route} /><//>`;
}

watchLeaving();
const root = document.createElement("div");
root.id = "app";
document.body.replaceChildren(root);
render(html`<${App} />`, root);
