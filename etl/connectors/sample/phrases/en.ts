import type { Phrases } from './purposes.js';

export const en: Phrases = {
  services: {
    Connectivity: 'the internet line',
    'Cloud telephony': 'cloud telephony',
    'Site installation': 'the site installation',
    'Device care': 'device care',
    'Payment terminals': 'the payment terminals',
    Security: 'the security package',
  },
  lead: [
    'Hello, we are opening a second branch in {city} and would like an offer for {service}. Whom can we talk to?',
    'Hi, a partner recommended you. What would {service} cost for a team of about twenty people in {city}?',
    'Good morning, our present contract ends soon and we are comparing providers for {service}. Could you send us an offer?',
    'We would like to extend our contract to {service}. Please tell us what you need from us.',
  ],
  order: [
    'We confirm order {order} for {service} in {city}. Please tell us when your team can start.',
    'As agreed with your colleague, please go ahead with {service}. Our contact on site is {name}.',
    'Could you please carry out the agreed change to {service} under {order}? We are flexible in the mornings.',
  ],
  question: [
    'Hello, where can I see which numbers belong to our contract {order}? I cannot find it in the portal.',
    'A short question about {service}: can a second colleague get access to the account as well?',
    'Hi, does our plan for {service} include weekends, or is that billed separately?',
    'We are moving to another floor in {city}. Do we have to announce that for {service}?',
  ],
  incident: [
    'Since this morning {service} keeps dropping out at our site in {city}. We cannot work like this, please help quickly.',
    'Hello, {service} is down again. Restarting did not help, the light on the box stays red.',
    'Our staff report errors with {service} under {order}; customers are waiting in the shop.',
    'We see long pauses and failed attempts with {service} since yesterday afternoon. Can you look into it?',
  ],
  request: [
    'Please add two more users to {service}, order {order}. The names are in the attached list.',
    'We need a replacement device for our branch in {city}. When could it be here?',
    'Could you change the opening hours stored with {service}? From next month we close an hour later.',
    'Please move {service} to our new address in {city} and let us know what it takes.',
  ],
  invoice: [
    'Our last invoice for {order} is higher than agreed. Could you check it and send a corrected one?',
    'We were charged twice for {service}. Please refund the second amount.',
    'The invoice for {order} still shows our old address. Please correct it, our accounting cannot book it.',
    'There is a fee on the invoice for {service} that nobody told us about. What is it for?',
  ],
  answer: [
    'Yes, that is right, it is the device by the entrance in {city}. It has had the same problem twice.',
    'Attached you find what you asked for. Reference is {order}, in case you need it.',
    'It happens mostly in the morning, between nine and eleven. Nothing was changed on our side.',
    'You may call our colleague at the front desk, he is there all day.',
    'That would suit us. Wednesday or Thursday would be best.',
  ],
  repeat: [
    'As I already said, it is the device by the entrance. I told your colleague all this before.',
    'I have already sent this to your colleague, please see my last message. Here it is once more.',
    'As mentioned before, nothing was changed on our side. Do you not see what I wrote earlier?',
  ],
  chase: [
    'Any news on {order}? We have not heard from you.',
    'Hello, is anybody still looking at this? We are still waiting for an answer.',
    'Could you please give us an update? The date has come and gone and we need to plan.',
    'What is the status of our request? It has been quiet for days.',
  ],
  askLater: [
    'Something came up here. Could we move the date to the following week, please?',
    'Our site in {city} is closed that day. Would a later date be possible?',
    'We are not ready on our side yet, please schedule it a few days later.',
  ],
  withdraw: [
    'This is no longer needed, please cancel {order}. Sorry for the trouble.',
    'We have decided otherwise in the meantime, please close this.',
    'It has solved itself, you can drop this one.',
  ],
  thanks: [
    'Thank you, {agent}, everything works now!',
    'Great, that was quick. Many thanks and a nice weekend.',
    'Perfect, thanks for your help.',
    'Confirmed, it is running. Thank you very much.',
  ],
  broken: [
    'Unfortunately it is back: the same fault as before with {service}. Please reopen this.',
    'It worked for a day and now it does not any more. Could you look again?',
    'I am sorry, but the problem is not solved. {service} fails just like last week.',
  ],
  received: [
    'We have received your message. Your number is {order}. A colleague will look at it as soon as possible.',
    'Thank you for writing to us. This is an automatic confirmation for {order}.',
  ],
  noAnswer: ['We have not heard from you for ten days and are closing {order}. Just answer this message if you still need us.'],
  hello: [
    'Hello {name}, thank you for your message. I am looking into it now. Best regards, {agent}',
    'Good day {name}, my name is {agent} and I will take care of {order}.',
    'Hi {name}, thanks for letting us know. I have what I need to begin and will come back to you.',
  ],
  ask: [
    ['Could you tell me which device is affected and where it stands?', 'Which device is it exactly, and in which room does it stand?'],
    ['At what time of day does it happen, and was anything changed recently?', 'When does it occur, and have you changed anything lately?'],
    ['Could you send me the number printed on your contract, please?', 'Would you please let me have your contract number?'],
    ['Which day would suit you for a visit on site?', 'On which day may our technician come by?'],
    ['Who is the contact person at the site, and how can we reach them?', 'Whom can we call at the site?'],
  ],
  promise: [
    'We have planned {order} for you: it will be done by {date}. {agent}',
    'You will have this by {date}. I will let you know if anything changes.',
    'Our team can finish {service} by {date}. Please keep that day free at your site.',
  ],
  update: [
    'A short update on {order}: the preparation is done and we are now working on the configuration.',
    'We are making progress with {service}; the next step is a test with your site in {city}.',
    'Just so you know where we are: half of the work is done, the rest follows in the coming days.',
    'Hello {name}, everything is on its way for {order}. I will write again when the next part is finished.',
  ],
  reason: [
    'This takes longer than planned because the supplier sent the wrong part. We have ordered the right one.',
    'The delay is due to an illness in the team; a colleague is taking over {order}.',
    'We had to repeat the test because the line in {city} was not stable. That is why you are still waiting.',
  ],
  newDate: [
    'We cannot keep the date, because the delivery from our supplier is late. The new date for {order} is {date}. I am sorry.',
    'Due to a fault found in the test we need more time: we will be finished by {date}.',
    'I have to move our appointment since a colleague is ill. {date} is certain.',
  ],
  passedOn: [
    'I have passed this on to our specialists. They have everything you told me and will contact you.',
    'Your case now lies with the colleagues responsible for {service}. You need not do anything.',
  ],
  offer: [
    'Hello {name}, attached is our offer {order} for {service}. It is valid for thirty days. {agent}',
    'Here is the offer we spoke about. I am glad to go through {order} with you on the phone.',
  ],
  sorryLate: [
    'I am sorry that you had to wait. We are still working on {order} and I will write as soon as there is news.',
    'Apologies for the silence. {order} is not forgotten; we are waiting for the last test.',
  ],
  done: [
    'Good news: {order} is finished. Please let us know if anything is missing. {agent}',
    'We have completed the work on {service}. Everything has been tested from our side.',
    'This is solved now: we replaced the faulty setting and checked it twice. Kind regards, {agent}',
    'Done, {name}. The confirmation for {order} is attached.',
  ],
};
