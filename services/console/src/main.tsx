import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './layout/tokens.css';
import './layout/base.css';
import { App } from './app.tsx';
import { takeTokenFromAddress } from './session/token-store.ts';

// Before anything is drawn or asked: a token must not stay in the address bar.
takeTokenFromAddress();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
