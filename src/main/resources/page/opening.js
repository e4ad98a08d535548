// Opens the session without a click where scripts run; without them the button does.
document.querySelector('form[data-opens-itself]').requestSubmit();
