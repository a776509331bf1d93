// Unpacks the browser of the package into the directory for temporary files.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
