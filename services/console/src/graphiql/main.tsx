import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { readToken } from '../session/token-store.ts';
import './graphiql-page.css';
import { exampleTabs } from './example-tabs.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('graphiql.html has no #root.');

// Without one, whoever opens this page writes it into the tab "Headers", which also goes along with the socket.
const token = readToken() ?? 'PASTE A TOKEN OF npm start HERE';
const headers = JSON.stringify({ authorization: `Bearer ${token}` }, null, 2);
const socketUrl = new URL('/graphql', window.location.href);
socketUrl.protocol = socketUrl.protocol === 'https:' ? 'wss:' : 'ws:';

createRoot(root).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({
      url: '/graphql',
      subscriptionUrl: socketUrl.href,
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
