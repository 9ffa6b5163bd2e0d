import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { readToken } from '../session/token-store.ts';
import './graphiql-page.css';
import { exampleTabs } from './example-tabs.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('graphiql.html has no #root.');

const token = readToken();
const signedIn: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
// What stands in the tab "Headers" wins over the session's token, over HTTP as over the socket.
const hint = { authorization: `Bearer ${token ?? 'PASTE A TOKEN OF npm start HERE'}` };
const headers = JSON.stringify(hint, null, 2);
const socketUrl = new URL('/graphql', window.location.href);
socketUrl.protocol = socketUrl.protocol === 'https:' ? 'wss:' : 'ws:';

createRoot(root).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({
      url: '/graphql',
      subscriptionUrl: socketUrl.href,
      headers: signedIn,
      wsConnectionParams: signedIn,
      enableIncrementalDelivery: false,
    })}
    defaultTabs={exampleTabs.map(({ query, variables }) => ({ query, variables, headers }))}
    defaultHeaders={headers}
    defaultEditorToolsVisibility="variables"
    // The browser keeps tabs beyond the session; a token must not be among what it keeps.
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  />,
);
